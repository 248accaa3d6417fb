package io.esdb.projections;

import io.esdb.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The functions that this node knows. Safe to use from any thread. */
final class Definitions {
    private final Map<String, TreeMap<Integer, Projection<?>>> byName = new TreeMap<>();

    /** Takes all or none. */
    synchronized void add(Projection<?>... projections) {
        for (Projection<?> projection : projections) {
            if (get(projection.name(), projection.version()) != null) {
                throw new InvalidInput(
                        "version",
                        "must not be defined twice, was " + projection.version() + " of '" + projection.name() + "'");
            }
        }
        for (Projection<?> projection : projections) {
            byName.computeIfAbsent(projection.name(), missing -> new TreeMap<>())
                    .put(projection.version(), projection);
        }
    }

    synchronized @Nullable Projection<?> get(String name, int version) {
        TreeMap<Integer, Projection<?>> versions = byName.get(name);
        return versions == null ? null : versions.get(version);
    }

    synchronized boolean has(String name) {
        return byName.containsKey(name);
    }

    synchronized int highest(String name) {
        TreeMap<Integer, Projection<?>> versions = byName.get(name);
        if (versions == null) {
            throw new ProjectionNotFound(name);
        }
        return versions.lastKey();
    }

    synchronized List<String> names() {
        return new ArrayList<>(byName.keySet());
    }
}
