package io.esdb;

/**
 * A condition on the whole store: the append is refused if a read by {@code failIfMatches}, at the moment of the
 * append, would find an event after {@code after}. It is the append condition of the Dynamic Consistency
 * Boundary specification (dcb.events), with positions counted from 0.
 *
 * @param failIfMatches the events that must not have been added; every item names a type, a tag or a category
 * @param after the last position that the decision has seen, {@link EventPage#asOf} of the read it rests on;
 *     -1 to let no matching event exist at all
 */
public record AppendCondition(Query failIfMatches, long after) {
    /** @throws InvalidInput if the query is null or holds an item without type, tag and category, or {@code after} is below -1 */
    public AppendCondition {
        Check.notNull("failIfMatches", failIfMatches);
        if (after < -1) {
            throw new InvalidInput("after", "must be a position or -1, was " + after);
        }
        for (QueryItem item : failIfMatches.items()) {
            if (!item.hasIndexedTerm()) {
                throw new InvalidInput("failIfMatches", "must name a type, a tag or a category in each item");
            }
        }
    }

    /** Refuses the append if any event that the store shows matches the query. */
    public static AppendCondition noneMatches(Query query) {
        return new AppendCondition(query, -1);
    }

    /** Refuses the append if an event that matches the query was added after this position. */
    public static AppendCondition noneMatchesAfter(Query query, long position) {
        return new AppendCondition(query, position);
    }
}
