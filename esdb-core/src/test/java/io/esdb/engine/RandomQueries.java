package io.esdb.engine;

import io.esdb.Query;
import io.esdb.QueryItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Queries over few names, so that they match often and overlap. */
final class RandomQueries {
    static final List<String> STREAMS = List.of("a-1", "a-2", "a-é", "a", "b-1", "b-2", "c-1-x", "d");
    static final List<String> TYPES = List.of("Opened", "Changed", "Closed");
    static final List<String> TAGS = List.of("x", "y", "z:1", "z:2");
    private static final List<String> CATEGORIES = List.of("a", "b", "c", "d", "none");
    private static final List<String> PREFIXES = List.of("a", "a-", "b-2", "c-1", "q");

    private final Random random;

    RandomQueries(Random random) {
        this.random = random;
    }

    /** A query as an append condition takes it: every item names a type, a tag or a category. */
    Query indexed() {
        List<QueryItem> items = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            QueryItem item = item();
            items.add(item.hasIndexedTerm() ? item : item.withTypes(pick(TYPES)));
        }
        return new Query(items);
    }

    Query any() {
        List<QueryItem> items = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            items.add(item());
        }
        return new Query(items);
    }

    private QueryItem item() {
        return new QueryItem(
                random.nextInt(2) == 0 ? Set.of() : some(TYPES, 2),
                random.nextInt(2) == 0 ? Set.of() : some(TAGS, 3),
                random.nextInt(3) == 0 ? pick(CATEGORIES) : null,
                random.nextInt(6) == 0 ? pick(PREFIXES) : null);
    }

    Set<String> some(List<String> names, int most) {
        Set<String> some = new TreeSet<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            some.add(pick(names));
        }
        return some;
    }

    <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
