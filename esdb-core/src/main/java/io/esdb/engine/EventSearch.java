package io.esdb.engine;

import io.esdb.Direction;
import io.esdb.Query;
import io.esdb.machine.Settings;
import io.esdb.machine.StoredEvent;
import io.esdb.spi.ReadView;
import org.jspecify.annotations.Nullable;

/** Finds the events of a query one by one. */
final class EventSearch implements AutoCloseable {
    private final ReadView view;
    private final Query query;
    private final Direction direction;
    private final Positions positions;

    private EventSearch(ReadView view, Query query, Direction direction, Positions positions) {
        this.view = view;
        this.query = query;
        this.direction = direction;
        this.positions = positions;
    }

    static EventSearch of(ReadView view, Settings settings, Query query, Direction direction) {
        Positions positions = QueryPlan.isIndexed(query, settings.indexes())
                ? new QueryPlan(view, settings, direction).walk(query)
                : new AllPositions(view, direction);
        return new EventSearch(view, query, direction, positions);
    }

    /** The next position that may hold a match, at or beyond this one, or {@link Positions#NONE}. */
    long candidate(long from) {
        return positions.seek(from);
    }

    /** The nearest matching event at or beyond a position, hidden or not, or null. */
    @Nullable
    StoredEvent next(long from) {
        long position = positions.seek(from);
        while (position != Positions.NONE) {
            StoredEvent event = EventLookup.at(view, position);
            if (query.matches(event.event())) {
                return event;
            }
            position = positions.seek(Positions.following(position, direction));
        }
        return null;
    }

    @Override
    public void close() {
        positions.close();
    }
}
