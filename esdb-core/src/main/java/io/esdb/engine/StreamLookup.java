package io.esdb.engine;

import io.esdb.Direction;
import io.esdb.format.StreamCodec;
import io.esdb.format.StreamIndexKeys;
import io.esdb.machine.StreamState;
import io.esdb.spi.Branch;
import io.esdb.spi.Cursor;
import io.esdb.spi.ReadView;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Finds streams in a view. */
final class StreamLookup {
    private StreamLookup() {}

    /** What is known of a stream, or null if it never had events. */
    static @Nullable StreamState find(ReadView view, String name) {
        StreamState stream = findWithoutHead(view, name);
        return stream == null ? null : withHead(view, stream);
    }

    /** As {@link #find}, with the last revision left at -1: spares the dearer half of the look-up. */
    static @Nullable StreamState findWithoutHead(ReadView view, String name) {
        byte[] value = view.get(Branch.STREAMS, StreamCodec.key(name));
        return value == null ? null : StreamCodec.decode(name, value);
    }

    /** The stream that a walk over the streams stands on, with the last revision left at -1. */
    static StreamState at(Cursor cursor) {
        return StreamCodec.decode(StreamCodec.name(bytes(cursor.key())), bytes(cursor.value()));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    static StreamState withHead(ReadView view, StreamState stream) {
        byte[] prefix = StreamIndexKeys.of(stream.id());
        try (Cursor cursor = view.scan(Branch.STREAM_INDEX, prefix, null, Direction.BACKWARD)) {
            return cursor.next() ? stream.withHead(StreamIndexKeys.revision(cursor.key())) : stream;
        }
    }
}
