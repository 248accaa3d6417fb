package io.esdb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Selects events over the whole store: an event matches if any of the items matches it. The form is that of the
 * Dynamic Consistency Boundary specification (dcb.events), with category and stream prefix added.
 *
 * @param items at least one
 */
public record Query(List<QueryItem> items) {
    private static final Query ALL = new Query(List.of(QueryItem.anything()));

    /** @throws InvalidInput if the list is or holds null, or is empty */
    public Query {
        Check.notNull("items", items);
        for (QueryItem item : items) {
            Check.notNull("item", item);
        }
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new InvalidInput("items", "must hold at least one item");
        }
    }

    /** Every event. */
    public static Query all() {
        return ALL;
    }

    /** The events that match any of these items. */
    public static Query of(QueryItem... items) {
        return new Query(Arrays.asList(Check.notNull("items", items)));
    }

    /** The events of any of these types. */
    public static Query types(String... types) {
        return of(QueryItem.types(types));
    }

    /** The events that have all of these tags. */
    public static Query tags(String... tags) {
        return of(QueryItem.tags(tags));
    }

    /** The events of the streams of this category. */
    public static Query category(String category) {
        return of(QueryItem.category(category));
    }

    /** The events of the streams whose name starts so. */
    public static Query streamPrefix(String prefix) {
        return of(QueryItem.streamPrefix(prefix));
    }

    /** The same query with one more alternative. */
    public Query or(QueryItem item) {
        List<QueryItem> more = new ArrayList<>(items);
        more.add(Check.notNull("item", item));
        return new Query(more);
    }

    /** Whether it selects every event. */
    public boolean isAll() {
        return items.contains(QueryItem.anything());
    }

    /** Whether an event with these properties matches. */
    public boolean matches(String stream, String type, Set<String> tags) {
        for (QueryItem item : items) {
            if (item.matches(stream, type, tags)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the event matches. */
    public boolean matches(RecordedEvent event) {
        return matches(event.stream(), event.type(), event.tags());
    }
}
