package io.esdb.engine;

import io.esdb.Direction;
import io.esdb.EventPage;
import io.esdb.IndexKind;
import io.esdb.Limits;
import io.esdb.LogRead;
import io.esdb.RecordedEvent;
import io.esdb.format.RecordCodec;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads pages of the whole store from memory, where all that they may hold is among the newest events. */
final class RecentReader {
    /** Farther from the end, an index finds the events of a query sooner than looking at all of them. */
    static final int NEAR = 256;

    private final RecentEvents recent;
    private final Limits limits;
    private final Set<IndexKind> indexes;

    RecentReader(RecentEvents recent, Limits limits, Set<IndexKind> indexes) {
        this.recent = recent;
        this.limits = limits;
        this.indexes = indexes;
    }

    /** The page, as it was after the last commit; null if the storage has to be asked. */
    @Nullable
    EventPage read(LogRead read) {
        RecentEvents.Span span = read.direction() == Direction.FORWARD ? recent.span() : null;
        return span != null && read.from() >= Math.max(span.first(), span.shownFrom()) && !isBetterIndexed(read, span)
                ? read(read, span.end() - 1)
                : null;
    }

    private boolean isBetterIndexed(LogRead read, RecentEvents.Span span) {
        return read.from() < span.end() - NEAR && !read.query().isAll() && QueryPlan.isIndexed(read.query(), indexes);
    }

    private @Nullable EventPage read(LogRead read, long last) {
        PageBuilder page = new PageBuilder(read.limit(), limits);
        long position = read.from();
        boolean full = false;
        for (int looked = 0; position <= last && !full && looked < limits.pageScan(); looked++) {
            byte[] record = recent.record(position);
            if (record == null) {
                return null;
            }
            RecordedEvent event = RecordCodec.event(record, position);
            if (!read.query().matches(event) || page.add(event)) {
                position++;
                full = page.isFull();
            } else {
                full = true;
            }
        }
        return page.page(position, position > last, last);
    }
}
