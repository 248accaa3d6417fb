package io.esdb;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One alternative of a {@link Query}. An event matches if it meets everything that the item states.
 *
 * @param types the event's type is one of these; empty: any type
 * @param tags the event has all of these; empty: no tag is asked for
 * @param category the category of the event's stream ({@link RecordedEvent#categoryOf}), or null for any
 * @param streamPrefix how the name of the event's stream starts, or null for any
 */
public record QueryItem(
        Set<String> types,
        Set<String> tags,
        @Nullable String category,
        @Nullable String streamPrefix) {
    private static final QueryItem ANYTHING = new QueryItem(Set.of(), Set.of(), null, null);

    /** @throws InvalidInput if a set is or holds null, or a name is empty or not valid Unicode */
    public QueryItem {
        types = Tags.checked("type", Check.notNull("types", types));
        tags = Tags.checked("tag", Check.notNull("tags", tags));
        if (category != null) {
            Check.text("category", category);
        }
        if (streamPrefix != null) {
            Check.text("streamPrefix", streamPrefix);
        }
    }

    /** Matches every event. */
    public static QueryItem anything() {
        return ANYTHING;
    }

    /** Matches events of any of these types. */
    public static QueryItem types(String... types) {
        return ANYTHING.withTypes(types);
    }

    /** Matches events that have all of these tags. */
    public static QueryItem tags(String... tags) {
        return ANYTHING.withTags(tags);
    }

    /** Matches events of the streams of this category. */
    public static QueryItem category(String category) {
        return ANYTHING.withCategory(category);
    }

    /** Matches events of the streams whose name starts so. */
    public static QueryItem streamPrefix(String prefix) {
        return ANYTHING.withStreamPrefix(prefix);
    }

    /** The same item with these types instead of its own. */
    public QueryItem withTypes(String... types) {
        return new QueryItem(setOf("type", types), tags, category, streamPrefix);
    }

    /** The same item with these tags instead of its own. */
    public QueryItem withTags(String... tags) {
        return new QueryItem(types, setOf("tag", tags), category, streamPrefix);
    }

    /** The same item for the streams of this category only. */
    public QueryItem withCategory(String category) {
        return new QueryItem(types, tags, Check.notNull("category", category), streamPrefix);
    }

    /** The same item for the streams whose name starts so only. */
    public QueryItem withStreamPrefix(String prefix) {
        return new QueryItem(types, tags, category, Check.notNull("streamPrefix", prefix));
    }

    /** Whether it asks for a type, a tag or a category, so that an index narrows the search. */
    public boolean hasIndexedTerm() {
        return !types.isEmpty() || !tags.isEmpty() || category != null;
    }

    /** Whether an event with these properties matches. */
    public boolean matches(String stream, String type, Set<String> eventTags) {
        return (types.isEmpty() || types.contains(type))
                && (tags.isEmpty() || eventTags.containsAll(tags))
                && (category == null || category.equals(RecordedEvent.categoryOf(stream)))
                && (streamPrefix == null || stream.startsWith(streamPrefix));
    }

    private static Set<String> setOf(String field, String... names) {
        Set<String> set = new TreeSet<>();
        for (String name : Check.notNull(field, names)) {
            set.add(Check.notNull(field, name));
        }
        return set;
    }
}
