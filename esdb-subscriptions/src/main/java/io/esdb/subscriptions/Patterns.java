package io.esdb.subscriptions;

import io.esdb.InvalidInput;
import io.esdb.spi.EventPatterns;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds what compiles patterns, once. */
final class Patterns {
    private static volatile @Nullable EventPatterns found;

    private Patterns() {}

    static EventPatterns found() {
        EventPatterns known = found;
        if (known == null) {
            known = find(EventPatterns.class.getClassLoader());
            found = known;
        }
        return known;
    }

    static EventPatterns find(@Nullable ClassLoader loader) {
        List<EventPatterns> all = ServiceLoader.load(EventPatterns.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        if (all.size() != 1) {
            throw new InvalidInput(
                    "pattern",
                    "needs exactly one module that knows patterns on the class path (say esdb-json), found " + all);
        }
        return all.get(0);
    }
}
