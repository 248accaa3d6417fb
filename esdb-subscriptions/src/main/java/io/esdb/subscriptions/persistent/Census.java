package io.esdb.subscriptions.persistent;

import io.esdb.spi.DocumentKey;
import java.util.HashSet;
import java.util.Set;

/** How many subscriptions there are, as this node has it. Reads all of them once, and then what has changed. */
final class Census {
    private final Catalog catalog;
    private final Changes changes = new Changes();
    private final Set<String> names = new HashSet<>();

    Census(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Must not block. */
    void changed(Set<DocumentKey> keys) {
        boolean unused = changes.add(keys);
    }

    /** May take a while at first. */
    synchronized int count() {
        Changes.Seen seen = changes.take();
        try {
            if (seen.all()) {
                names.clear();
                names.addAll(catalog.names());
            }
            for (String name : seen.names()) {
                if (catalog.exists(name)) {
                    names.add(name);
                } else {
                    names.remove(name);
                }
            }
            return names.size();
        } catch (RuntimeException | Error e) {
            changes.addAll();
            throw e;
        }
    }
}
