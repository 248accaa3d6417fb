package io.esdb.projections;

import io.esdb.InvalidInput;
import io.esdb.StreamNames;
import io.esdb.spi.Branch;
import io.esdb.spi.Document;
import io.esdb.spi.DocumentPage;
import io.esdb.spi.DocumentScan;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads states of the version that is read at that moment. That version may be replaced between two looks at the store, and
 * its states be removed; so it is looked at again whether it still is the one.
 */
record Queries(Ledger ledger, Definitions definitions) {

    Optional<byte[]> get(String name, String key) {
        byte[] bytes = Check.key(key);
        int version = active(name);
        while (version != 0) {
            List<Optional<Document>> both =
                    ledger.documents().get(List.of(Keys.control(name), Keys.state(name, version, bytes)));
            int now = active(both.get(0));
            if (now == version) {
                return both.get(1).map(Document::value);
            }
            version = now;
        }
        return Optional.empty();
    }

    StatePage list(String name, String prefix, @Nullable String after, int limit) {
        byte[] start = Check.key(StreamNames.part("prefix", prefix));
        Check.between("limit", 1, DocumentScan.MOST - 1, limit);
        byte[] from = after == null ? null : Check.key(after);
        if (after != null && !after.startsWith(prefix)) {
            throw new InvalidInput("after", "must start with the prefix");
        }
        int version = active(name);
        while (version != 0) {
            StatePage page = page(name, version, start, from, limit);
            int now = active(name);
            if (now == version) {
                return page;
            }
            version = now;
        }
        return new StatePage(0, List.of(), null);
    }

    /** The page begins with the key to go on after, if that is there; so one more is read. */
    private StatePage page(String name, int version, byte[] prefix, byte @Nullable [] after, int limit) {
        byte[] from = after == null ? null : Keys.states(name, version, after);
        DocumentScan scan = DocumentScan.forward(Branch.PROJECTIONS, Keys.states(name, version, prefix), limit + 1);
        DocumentPage page = ledger.documents().list(from == null ? scan : scan.from(from));
        List<StatePage.Entry> entries = page.entries().stream()
                .filter(entry -> !Arrays.equals(entry.key().key(), from))
                .map(entry -> new StatePage.Entry(
                        Keys.keyOfState(name, entry.key()), entry.document().value()))
                .toList();
        List<StatePage.Entry> fitting = entries.subList(0, Math.min(limit, entries.size()));
        boolean more = page.next() != null || entries.size() > limit;
        return new StatePage(
                version, fitting, more ? fitting.get(fitting.size() - 1).key() : null);
    }

    /** 0 if it has not run yet. */
    int active(String name) {
        Control control = ledger.control(name);
        if (control == null && !definitions.has(name)) {
            throw new ProjectionNotFound(name);
        }
        return control == null ? 0 : control.active();
    }

    private int active(Optional<Document> control) {
        return control.map(document ->
                        Control.decode(ledger.store().name(), document.value()).active())
                .orElse(0);
    }
}
