package io.esdb.projections;

import io.esdb.EventStore;
import io.esdb.LogRead;
import io.esdb.spi.Branch;
import io.esdb.spi.Document;
import io.esdb.spi.DocumentConflict;
import io.esdb.spi.DocumentEdit;
import io.esdb.spi.DocumentEdit.Put;
import io.esdb.spi.DocumentPage;
import io.esdb.spi.DocumentScan;
import io.esdb.spi.Documents;
import io.esdb.spi.StoreAccess;
import io.esdb.spi.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The documents of projections in a store: reads are those of this node.
 *
 * @param store the store
 * @param access the same store
 * @param documents its documents
 */
record Ledger(EventStore store, StoreAccess access, Documents documents) {
    private static final int MOST_TRIES = 100;
    private static final int PAGE = 1_000;

    /**
     * What is wanted of a projection, and how far one version is; both of one moment.
     *
     * @param control null if there is none
     * @param controlVersion the version of its document, 0 if there is none
     * @param place that of the version
     */
    record Entry(@Nullable Control control, long controlVersion, Versioned<Place> place) {}

    /** Makes a new control of the present one, null if there is none; null to leave it as it is. */
    interface Change {
        @Nullable
        Control apply(@Nullable Control control);
    }

    @Nullable
    Control control(String name) {
        return control(documents.get(Keys.control(name)).orElse(null));
    }

    Versioned<Place> place(String name, int version) {
        return place(documents.get(Keys.place(name, version)));
    }

    Entry entry(String name, int version) {
        List<Optional<Document>> both = documents.get(List.of(Keys.control(name), Keys.place(name, version)));
        Document control = both.get(0).orElse(null);
        return new Entry(control(control), version(control), place(both.get(1)));
    }

    private @Nullable Control control(@Nullable Document document) {
        return document == null ? null : Control.decode(store.name(), document.value());
    }

    private static long version(@Nullable Document document) {
        return document == null ? 0 : document.version();
    }

    private Versioned<Place> place(Optional<Document> found) {
        Document document = found.orElse(null);
        return document == null
                ? new Versioned<>(0, Place.NONE)
                : new Versioned<>(document.version(), Place.decode(store.name(), document.value()));
    }

    /** Changes what is wanted, against whoever changes it at the same time. */
    void change(String name, Change change) {
        for (int i = 1; ; i++) {
            Document now = documents.get(Keys.control(name)).orElse(null);
            Control next = change.apply(control(now));
            if (next == null) {
                return;
            }
            try {
                documents.commit(Transaction.of(new Put(Keys.control(name), version(now), next.encode())));
                return;
            } catch (DocumentConflict e) {
                if (i == MOST_TRIES) {
                    throw e;
                }
                access.barrier();
            }
        }
    }

    /** Has one version go on after its function stopped it, whoever else asks for that at the same time. */
    void forgive(String name, int version) {
        Versioned<Place> place = place(name, version);
        for (int i = 1; place.value().isStopped(); i++) {
            try {
                Place forgiven = place.value().failing(null);
                documents.commit(
                        Transaction.of(new Put(Keys.place(name, version), place.version(), forgiven.encode())));
                return;
            } catch (DocumentConflict e) {
                if (i == MOST_TRIES) {
                    throw e;
                }
                access.barrier();
                place = place(name, version);
            }
        }
    }

    /** The names of all projections that ever ran. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        DocumentScan scan = DocumentScan.forward(Branch.PROJECTIONS, Keys.controls(), PAGE);
        DocumentPage page = documents.list(scan);
        while (true) {
            page.entries().forEach(entry -> names.add(Keys.nameOfControl(entry.key())));
            byte[] next = page.next();
            if (next == null) {
                return names;
            }
            page = documents.list(scan.from(next));
        }
    }

    /** Removes some states of a version that nobody reads any more, or if none is left its name; whether more is to do. */
    boolean purge(String name, int version) {
        DocumentScan scan = DocumentScan.forward(Branch.PROJECTIONS, Keys.states(name, version), PAGE);
        List<DocumentEdit> edits = new ArrayList<>();
        edits.add(
                new DocumentEdit.Remove(Keys.place(name, version), DocumentEdit.ANY_VERSION)); // fences its runners off
        for (DocumentPage.Entry entry : documents.list(scan).entries()) {
            edits.add(new DocumentEdit.Remove(entry.key(), DocumentEdit.ANY_VERSION));
        }
        documents.commit(new Transaction(edits, null));
        if (edits.size() == 1) {
            change(name, control -> control == null ? null : control.cleared(version));
            return false;
        }
        return true;
    }

    /** The last position in the store. */
    long last() {
        return store.read(LogRead.backward().limit(1)).asOf();
    }
}
