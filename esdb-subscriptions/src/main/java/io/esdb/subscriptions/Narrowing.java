package io.esdb.subscriptions;

import io.esdb.QueryItem;
import io.esdb.RecordedEvent;
import io.esdb.subscriptions.Selector.All;
import io.esdb.subscriptions.Selector.AllOf;
import io.esdb.subscriptions.Selector.AnyOf;
import io.esdb.subscriptions.Selector.OfCategory;
import io.esdb.subscriptions.Selector.OfPrefix;
import io.esdb.subscriptions.Selector.OfStream;
import io.esdb.subscriptions.Selector.OfTags;
import io.esdb.subscriptions.Selector.OfTypes;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a store's query can say of a selector.
 *
 * @param items alternatives; each event that the selector selects matches at least one
 * @param exact whether nothing else matches
 */
record Narrowing(List<QueryItem> items, boolean exact) {
    /** As many as stores allow by default. */
    private static final int MOST_ITEMS = 100;

    private static final int MOST_TERMS = 1_000;

    private static final Narrowing NOT_AT_ALL = new Narrowing(List.of(QueryItem.anything()), false);

    static Narrowing of(Selector selector) {
        if (selector instanceof All) {
            return exactly(QueryItem.anything());
        } else if (selector instanceof OfStream of) {
            return new Narrowing(List.of(within(QueryItem.streamPrefix(of.stream()), of.stream())), false);
        } else if (selector instanceof OfCategory of) {
            return exactly(QueryItem.category(of.category()));
        } else if (selector instanceof OfPrefix of) {
            QueryItem item = QueryItem.streamPrefix(of.prefix());
            return exactly(of.prefix().contains("-") ? within(item, of.prefix()) : item);
        } else if (selector instanceof OfTypes of) {
            return exactly(new QueryItem(of.types(), Set.of(), null, null));
        } else if (selector instanceof OfTags of) {
            return exactly(new QueryItem(Set.of(), of.tags(), null, null));
        } else if (selector instanceof AllOf all) {
            return all.parts().stream()
                    .map(Narrowing::of)
                    .reduce(Narrowing::and)
                    .orElse(NOT_AT_ALL);
        } else if (selector instanceof AnyOf any) {
            return any.parts().stream().map(Narrowing::of).reduce(Narrowing::or).orElse(NOT_AT_ALL);
        }
        return NOT_AT_ALL;
    }

    private static Narrowing exactly(QueryItem item) {
        return new Narrowing(List.of(item), true);
    }

    /** Adds the category, of which there is an index; streams that share a prefix with a dash share it. */
    private static QueryItem within(QueryItem item, String streamOrPrefix) {
        String category = RecordedEvent.categoryOf(streamOrPrefix);
        return category.isEmpty() ? item : item.withCategory(category);
    }

    private Narrowing or(Narrowing other) {
        Set<QueryItem> both = new LinkedHashSet<>(items);
        both.addAll(other.items);
        if (both.contains(QueryItem.anything())) {
            return new Narrowing(List.of(QueryItem.anything()), saysAll() || other.saysAll());
        }
        return new Narrowing(List.copyOf(both), exact && other.exact).ifAllowed(NOT_AT_ALL);
    }

    private boolean saysAll() {
        return exact && items.contains(QueryItem.anything());
    }

    private Narrowing and(Narrowing other) {
        Narrowing narrower = List.of(this, other).stream()
                .min(Comparator.comparingLong(Narrowing::looseness)
                        .thenComparingInt(narrowing -> narrowing.items.size()))
                .orElseThrow();
        if ((long) items.size() * other.items.size() > MOST_ITEMS * 10L) {
            return new Narrowing(narrower.items, false);
        }
        Set<QueryItem> both = new LinkedHashSet<>();
        for (QueryItem mine : items) {
            for (QueryItem theirs : other.items) {
                QueryItem common = common(mine, theirs);
                if (common != null) {
                    both.add(common);
                }
            }
        }
        Narrowing instead = new Narrowing(narrower.items, false);
        return both.isEmpty() ? instead : new Narrowing(List.copyOf(both), exact && other.exact).ifAllowed(instead);
    }

    /** How many alternatives no index leads to. */
    private long looseness() {
        return items.stream().filter(item -> !item.hasIndexedTerm()).count();
    }

    private Narrowing ifAllowed(Narrowing instead) {
        long terms = items.stream()
                .mapToLong(item -> item.types().size() + (long) item.tags().size())
                .sum();
        return items.size() > MOST_ITEMS || terms > MOST_TERMS ? instead : this;
    }

    /** What matches both items; null if nothing can. */
    private static @Nullable QueryItem common(QueryItem a, QueryItem b) {
        Set<String> types = new TreeSet<>(a.types().isEmpty() ? b.types() : a.types());
        if (!a.types().isEmpty() && !b.types().isEmpty()) {
            types.retainAll(b.types());
            if (types.isEmpty()) {
                return null;
            }
        }
        Set<String> tags = new TreeSet<>(a.tags());
        tags.addAll(b.tags());
        String category = a.category() == null ? b.category() : a.category();
        if (b.category() != null && !Objects.equals(category, b.category())) {
            return null;
        }
        String prefix = longer(a.streamPrefix(), b.streamPrefix());
        boolean fits = startsWith(prefix, a.streamPrefix()) && startsWith(prefix, b.streamPrefix());
        return fits ? new QueryItem(types, tags, category, prefix) : null;
    }

    private static @Nullable String longer(@Nullable String a, @Nullable String b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.length() >= b.length() ? a : b;
    }

    private static boolean startsWith(@Nullable String name, @Nullable String prefix) {
        return prefix == null || (name != null && name.startsWith(prefix));
    }
}
