package io.esdb;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Sets of names in one fixed order, so that equal sets have equal bytes. */
final class Tags {
    private Tags() {}

    static Set<String> checked(@Nullable Set<String> tags) {
        return checked("tag", Check.notNull("tags", tags));
    }

    static Set<String> checked(String field, Set<String> names) {
        if (names.isEmpty()) {
            return Set.of();
        }
        SortedSet<String> sorted = new TreeSet<>();
        for (String name : names) {
            sorted.add(Check.text(field, name));
        }
        return Collections.unmodifiableSet(sorted);
    }
}
