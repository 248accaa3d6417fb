package io.esdb.engine;

import io.esdb.Direction;
import io.esdb.EventPage;
import io.esdb.Limits;
import io.esdb.LogRead;
import io.esdb.RecordedEvent;
import io.esdb.format.FormatException;
import io.esdb.format.RecordCodec;
import io.esdb.machine.Settings;
import io.esdb.spi.Records;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads pages of the whole store: along the event log, or along the indexes where they lead to every match. */
final class LogReader {
    private final StoreView store;
    private final Limits limits;
    private final Visibility visibility;

    LogReader(StoreView store, Limits limits, long clockMicros) {
        this.store = store;
        this.limits = limits;
        this.visibility = new Visibility(store, clockMicros);
    }

    EventPage read(LogRead read) {
        boolean forward = read.direction() == Direction.FORWARD;
        long last = store.lastPosition();
        long from = forward ? read.from() : Math.min(read.from(), last);
        PageBuilder page = new PageBuilder(read.limit(), limits);
        if (from > last || from < 0) {
            return page.page(forward ? from : -1, true, last);
        }
        Settings settings = store.createdSettings();
        boolean indexed = !read.query().isAll() && QueryPlan.isIndexed(read.query(), settings.indexes());
        long next = indexed ? alongIndexes(page, read, settings, from) : alongLog(page, read, from);
        boolean end = forward ? next > last : next < 0;
        return page.page(end && !forward ? -1 : next, end, last);
    }

    private long alongLog(PageBuilder page, LogRead read, long from) {
        long position = from;
        long last = read.direction() == Direction.FORWARD ? store.lastPosition() : 0;
        int looked = 0;
        boolean all = read.query().isAll();
        try (Records records = store.view().records(from, read.direction(), page.room())) {
            while (!page.isFull()
                    && looked < limits.pageScan()
                    && !Positions.isBeyond(position, last, read.direction())) {
                RecordedEvent event = decode(records.next(), position);
                if ((all ? visibility.shows(event) : isWanted(read, event)) && !page.add(event)) {
                    return position;
                }
                position = Positions.following(position, read.direction());
                looked++;
            }
        }
        return position;
    }

    private long alongIndexes(PageBuilder page, LogRead read, Settings settings, long from) {
        long beyond = read.direction() == Direction.FORWARD ? store.lastPosition() + 1 : -1;
        long position = from;
        int looked = 0;
        try (EventSearch search = EventSearch.of(store.view(), settings, read.query(), read.direction())) {
            while (!page.isFull() && looked < limits.pageScan()) {
                long[] positions = search.candidates(position, page.nextChunk());
                if (positions.length == 0) {
                    return beyond;
                }
                byte[][] records = store.view().events(positions);
                for (int i = 0; i < positions.length; i++) {
                    byte[] record = records[i];
                    RecordedEvent event = decode(record == null ? null : ByteBuffer.wrap(record), positions[i]);
                    if (isWanted(read, event) && !page.add(event)) {
                        return positions[i];
                    }
                }
                position = Positions.following(positions[positions.length - 1], read.direction());
                looked += positions.length;
            }
        }
        return position;
    }

    private boolean isWanted(LogRead read, RecordedEvent event) {
        return read.query().matches(event) && visibility.shows(event);
    }

    private static RecordedEvent decode(@Nullable ByteBuffer record, long position) {
        if (record == null) {
            throw new FormatException("the event at position " + position + " is missing");
        }
        return RecordCodec.event(record, position);
    }
}
