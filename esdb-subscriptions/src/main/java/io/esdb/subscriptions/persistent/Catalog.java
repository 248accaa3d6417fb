package io.esdb.subscriptions.persistent;

import io.esdb.spi.Branch;
import io.esdb.spi.Document;
import io.esdb.spi.DocumentConflict;
import io.esdb.spi.DocumentEdit;
import io.esdb.spi.DocumentEdit.Put;
import io.esdb.spi.DocumentEdit.Remove;
import io.esdb.spi.DocumentPage;
import io.esdb.spi.DocumentScan;
import io.esdb.spi.Documents;
import io.esdb.spi.StoreAccess;
import io.esdb.spi.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The definitions of a store's subscriptions. Works on any node. */
final class Catalog {
    private static final int PAGE = 500;
    private static final int MOST_TRIES = 20;

    private final StoreAccess access;

    Catalog(StoreAccess access) {
        this.access = access;
    }

    /** A definition, and the version of its document. */
    record Known(Definition definition, long version) {
        /** Whether nothing has changed; versions begin anew when a subscription is created again. */
        boolean isSame(Known other) {
            return version == other.version && definition.id().equals(other.definition.id());
        }
    }

    private Documents documents() {
        return access.documents();
    }

    /** All, by name, as this node has them. */
    Map<String, Known> all() {
        Map<String, Known> all = new TreeMap<>();
        each(entry -> {
            Known known = known(entry.document());
            all.put(known.definition().name(), known);
        });
        return all;
    }

    /** The names of all, as this node has them. */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        each(entry -> names.add(Keys.nameOf(entry.key())));
        return names;
    }

    private void each(Consumer<DocumentPage.Entry> deed) {
        DocumentScan scan = DocumentScan.forward(Branch.SUBSCRIPTIONS, Keys.DEFINITIONS, PAGE);
        for (byte[] next = page(scan, deed); next != null; ) {
            next = page(scan.from(next), deed);
        }
    }

    private byte @Nullable [] page(DocumentScan scan, Consumer<DocumentPage.Entry> deed) {
        DocumentPage page = documents().list(scan);
        page.entries().forEach(deed);
        return page.next();
    }

    /** Whether there is one, as this node has it. */
    boolean exists(String name) {
        return documents().get(Keys.definition(name)).isPresent();
    }

    private static Known known(Document document) {
        return new Known(Definition.decode(document.value()), document.version());
    }

    /** One, as this node has it. */
    Optional<Known> find(String name) {
        return documents().get(Keys.definition(name)).map(Catalog::known);
    }

    /** One, as it is now. */
    Known get(String name) {
        access.barrier();
        return find(name).orElseThrow(() -> new SubscriptionNotFound(name));
    }

    /** With its place, which the first pool would have to store otherwise. */
    void create(Definition definition) {
        byte[] place = Notes.place(definition.generation(), Place.after(definition.from()));
        try {
            documents()
                    .commit(Transaction.of(
                            new Put(Keys.definition(definition.name()), DocumentEdit.MISSING, definition.encode()),
                            new Put(Keys.place(definition.id()), DocumentEdit.MISSING, place)));
        } catch (DocumentConflict e) {
            throw new SubscriptionExists(definition.name());
        }
    }

    void change(String name, UnaryOperator<Definition> change) {
        for (int tries = 1; ; tries++) {
            Known known = get(name);
            Definition changed = change.apply(known.definition());
            if (changed.equals(known.definition())) { // its pool goes on undisturbed
                return;
            }
            List<DocumentEdit> edits = new ArrayList<>();
            edits.add(new Put(Keys.definition(name), known.version(), changed.encode()));
            if (!changed.selector().equals(known.definition().selector())) {
                edits.addAll(fence(changed.id()));
            }
            try {
                documents().commit(new Transaction(edits, null));
                return;
            } catch (DocumentConflict e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    /** A pool that does not know of another selector yet may pass what that selects, so its place must not be stored. */
    private List<DocumentEdit> fence(UUID id) {
        return documents()
                .get(Keys.claim(id))
                .map(claim -> List.<DocumentEdit>of(new Put(Keys.claim(id), claim.version(), claim.value())))
                .orElse(List.of());
    }

    /** With its claim, so that no pool writes from then on. */
    void delete(String name) {
        Known known = get(name);
        UUID id = known.definition().id();
        documents()
                .commit(Transaction.of(
                        new Remove(Keys.definition(name), DocumentEdit.ANY_VERSION),
                        new Remove(Keys.claim(id), DocumentEdit.ANY_VERSION)));
        remove(id);
    }

    /** Removes all that is kept for a subscription that is no more. */
    void remove(UUID id) {
        DocumentScan scan = DocumentScan.forward(Branch.SUBSCRIPTIONS, Keys.all(id), PAGE);
        for (DocumentPage page = documents().list(scan);
                !page.entries().isEmpty();
                page = documents().list(scan)) {
            List<DocumentEdit> edits = new ArrayList<>();
            page.entries().forEach(entry -> edits.add(new Remove(entry.key(), DocumentEdit.ANY_VERSION)));
            documents().commit(new Transaction(edits, null));
        }
    }

    /** Removes what is kept for subscriptions other than these; returns for how many. */
    int sweep(Set<UUID> living) {
        int swept = 0;
        DocumentScan scan = DocumentScan.forward(Branch.SUBSCRIPTIONS, Keys.STATES, 1);
        DocumentPage page = documents().list(scan);
        while (!page.entries().isEmpty()) {
            UUID id = Keys.idOf(page.entries().get(0).key());
            if (!living.contains(id)) {
                remove(id);
                swept++;
            }
            page = documents()
                    .list(scan.from(new Out().raw(Keys.all(id)).u8(0xff).toBytes()));
        }
        return swept;
    }
}
