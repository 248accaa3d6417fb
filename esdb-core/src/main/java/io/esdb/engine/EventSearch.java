package io.esdb.engine;

import io.esdb.Direction;
import io.esdb.Query;
import io.esdb.RecordedEvent;
import io.esdb.machine.Settings;
import io.esdb.machine.StoredEvent;
import io.esdb.spi.ReadView;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the events of a query. */
final class EventSearch implements AutoCloseable {
    private static final int MOST_AT_ONCE = 32;

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

    /** The next positions that may hold a match, at or beyond this one, so many at most; none at the end. */
    long[] candidates(long from, int most) {
        long[] found = new long[most];
        int count = 0;
        long position = positions.seek(from);
        while (position != Positions.NONE) {
            found[count++] = position;
            if (count == most) {
                break;
            }
            position = positions.seek(Positions.following(position, direction));
        }
        return Arrays.copyOf(found, count);
    }

    /**
     * The nearest matching event at or beyond a position that passes a test, or null. The first one mostly does; where it
     * does not, many may not, so more and more are fetched at once.
     */
    @Nullable
    StoredEvent first(long from, Predicate<RecordedEvent> test) {
        int most = 1;
        long[] found = candidates(from, most);
        while (found.length > 0) {
            byte[][] records = view.events(found);
            for (int i = 0; i < found.length; i++) {
                StoredEvent event = EventLookup.decoded(records[i], found[i]);
                if (query.matches(event.event()) && test.test(event.event())) {
                    return event;
                }
            }
            most = Math.min(2 * most, MOST_AT_ONCE);
            found = candidates(Positions.following(found[found.length - 1], direction), most);
        }
        return null;
    }

    @Override
    public void close() {
        positions.close();
    }
}
