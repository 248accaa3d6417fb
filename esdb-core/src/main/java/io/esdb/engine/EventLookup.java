package io.esdb.engine;

import io.esdb.Direction;
import io.esdb.format.FormatException;
import io.esdb.format.IndexKeys;
import io.esdb.format.Longs;
import io.esdb.format.RecordCodec;
import io.esdb.format.StreamIndexKeys;
import io.esdb.machine.StoredEvent;
import io.esdb.machine.StreamState;
import io.esdb.spi.Branch;
import io.esdb.spi.Cursor;
import io.esdb.spi.ReadView;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds single events in a view. */
final class EventLookup {
    private EventLookup() {}

    /** The last position that has a record, -1 if none has. */
    static long lastPosition(ReadView view) {
        try (Cursor cursor = view.events(Long.MAX_VALUE, Direction.BACKWARD)) {
            return cursor.next() ? cursor.key().getLong() : -1;
        }
    }

    /** The event with this id, hidden or not, or null. */
    static @Nullable StoredEvent byId(ReadView view, UUID id) {
        byte[] value = view.get(Branch.INDEX, IndexKeys.eventId(id));
        if (value == null) {
            return null;
        }
        StoredEvent event = at(view, Longs.fromBytes(value));
        if (!event.event().id().equals(id)) {
            throw new FormatException("the index of event ids leads from " + id + " to " + event.event());
        }
        return event;
    }

    /** The event at a revision of a stream, hidden or not, or null. */
    static @Nullable StoredEvent at(ReadView view, StreamState stream, long revision) {
        byte[] position = view.get(Branch.STREAM_INDEX, StreamIndexKeys.at(stream.id(), revision));
        return position == null ? null : at(view, Longs.fromBytes(position));
    }

    /** The event at a position that is known to have one. */
    static StoredEvent at(ReadView view, long position) {
        return decoded(view.event(position), position);
    }

    /** The event of a record that was read at a position that is known to have one. */
    static StoredEvent decoded(byte @Nullable [] record, long position) {
        if (record == null) {
            throw new FormatException("the event at position " + position + " is missing");
        }
        return RecordCodec.decode(record, position);
    }
}
