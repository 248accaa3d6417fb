package io.esdb.storage.rocks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.ToIntFunction;

/** A heap buffer that is filled at most once an entry, and used again for the next. */
final class CursorBuffer {
    private ByteBuffer buffer;
    private boolean filled;

    CursorBuffer(int capacity) {
        buffer = ByteBuffer.allocate(capacity);
    }

    boolean isFilled() {
        return filled;
    }

    void forget() {
        filled = false;
    }

    /** @param source copies what fits into the array and gives the whole length */
    ByteBuffer filled(ToIntFunction<byte[]> source) {
        if (!filled) {
            int length = source.applyAsInt(buffer.array());
            if (length > buffer.capacity()) {
                buffer = ByteBuffer.allocate(Math.max(length, 2 * buffer.capacity()));
                length = source.applyAsInt(buffer.array());
            }
            buffer.clear().limit(length);
            filled = true;
        }
        return content();
    }

    /** What it was filled with, from its start. */
    ByteBuffer content() {
        return buffer.rewind().order(ByteOrder.BIG_ENDIAN);
    }
}
