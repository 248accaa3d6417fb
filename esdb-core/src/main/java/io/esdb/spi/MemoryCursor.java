package io.esdb.spi;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** A walk over a range of keys, as a view sees them. */
final class MemoryCursor implements Cursor {
    private final MemoryView view;
    private final NavigableMap<byte[], MemorySpace.Version> range;
    private byte @Nullable [] place;
    private boolean placeIsNext;
    private boolean end;
    private boolean closed;
    private byte @Nullable [] value;

    MemoryCursor(MemoryView view, NavigableMap<byte[], MemorySpace.Version> range) {
        this.view = view;
        this.range = range;
    }

    @Override
    public boolean next() {
        checkOpen();
        value = null;
        while (value == null && !end) {
            Map.Entry<byte[], MemorySpace.Version> entry = following();
            end = entry == null;
            if (entry != null) {
                place = entry.getKey();
                placeIsNext = false;
                value = MemorySpace.valueAt(entry.getValue(), view.commit());
            }
        }
        checkOpen();
        return !end;
    }

    @Override
    public void seek(byte[] key) {
        checkOpen();
        place = key.clone();
        placeIsNext = true;
        end = false;
        value = null;
    }

    @Override
    public ByteBuffer key() {
        return ByteBuffer.wrap(current(place));
    }

    @Override
    public ByteBuffer value() {
        return ByteBuffer.wrap(current(value));
    }

    @Override
    public void close() {
        closed = true;
    }

    private Map.@Nullable Entry<byte[], MemorySpace.Version> following() {
        byte[] from = place;
        if (from == null) {
            return range.firstEntry();
        }
        return placeIsNext ? range.ceilingEntry(from) : range.higherEntry(from);
    }

    private byte[] current(byte @Nullable [] bytes) {
        checkOpen();
        if (bytes == null || value == null) {
            throw new IllegalStateException("the cursor stands on no entry");
        }
        return bytes;
    }

    private void checkOpen() {
        if (closed) {
            throw new StorageException(StorageException.Kind.CLOSED, "the cursor is closed", null);
        }
        view.checkOpen();
    }
}
