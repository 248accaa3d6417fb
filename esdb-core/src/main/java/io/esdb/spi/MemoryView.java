package io.esdb.spi;

import io.esdb.Direction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A view as of one commit. Every read checks afterwards that the view was not closed meanwhile, since versions that it
 * needs may be gone from then on.
 */
final class MemoryView implements ReadView {
    private final MemoryStorage storage;
    private final MemoryData data;
    private final long commit;
    private volatile boolean closed;

    MemoryView(MemoryStorage storage, MemoryData data, long commit) {
        this.storage = storage;
        this.data = data;
        this.commit = commit;
    }

    long commit() {
        return commit;
    }

    /** Once, after {@link #end}: nobody reads as of this commit any more. */
    void unpin() {
        data.unpin(commit);
    }

    void checkOpen() {
        if (closed) {
            throw new StorageException(StorageException.Kind.CLOSED, "the view is closed", null);
        }
    }

    @Override
    public byte @Nullable [] event(long position) {
        return read(data.log(), MemoryData.keyOf(position));
    }

    @Override
    public byte[] @Nullable [] events(long[] positions) {
        checkOpen();
        byte[][] events = new byte[positions.length][];
        for (int i = 0; i < positions.length; i++) {
            events[i] = event(positions[i]);
        }
        return events;
    }

    @Override
    public Cursor events(long from, Direction direction) {
        checkOpen();
        Cursor cursor = new MemoryCursor(this, data.log().range(new byte[0], direction));
        cursor.seek(MemoryData.keyOf(from));
        return cursor;
    }

    @Override
    public byte @Nullable [] get(Branch branch, byte[] key) {
        return read(data.branch(branch), key);
    }

    @Override
    public Cursor scan(Branch branch, byte[] prefix, byte @Nullable [] from, Direction direction) {
        checkOpen();
        if (prefix.length > 0 && prefix.length < branch.prefixLength()) {
            throw new IllegalArgumentException("a prefix in " + branch + " has " + branch.prefixLength() + " bytes");
        }
        if (from != null && !startsWith(from, prefix)) {
            throw new IllegalArgumentException("a scan begins at a key that starts with its prefix");
        }
        Cursor cursor = new MemoryCursor(this, data.branch(branch).range(prefix.clone(), direction));
        if (from != null) {
            cursor.seek(from);
        }
        return cursor;
    }

    @Override
    public void close() {
        storage.release(this);
    }

    /** Ends the view; true for the first call. */
    boolean end() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    private byte @Nullable [] read(MemorySpace space, byte[] key) {
        checkOpen();
        byte[] value = space.get(key, commit);
        checkOpen();
        return value == null ? null : value.clone();
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
}
