package io.esdb.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes that are stored together or not at all. Later writes to the same key win. Built and read by one thread at a
 * time; arrays are not copied.
 */
public final class WriteBatch {
    private final List<Write> writes = new ArrayList<>();
    private long bytes;

    /** An empty batch. */
    public WriteBatch() {}

    /** Stores the record of the event at a position; a record already there is replaced. */
    public void event(long position, byte[] record) {
        writes.add(new Write(null, position, new byte[0], record));
        bytes += 8L + record.length;
    }

    /** Stores a value in the tree. */
    public void put(Branch branch, byte[] key, byte[] value) {
        writes.add(new Write(branch, -1, key, value));
        bytes += key.length + (long) value.length;
    }

    /** Removes a key from the tree; one that is not there is fine. */
    public void delete(Branch branch, byte[] key) {
        writes.add(new Write(branch, -1, key, null));
        bytes += key.length;
    }

    /** Hands every write to the target, in order. */
    public void replay(Target target) {
        for (Write write : writes) {
            if (write.branch() == null) {
                target.event(write.position(), nonNull(write.value()));
            } else if (write.value() == null) {
                target.delete(write.branch(), write.key());
            } else {
                target.put(write.branch(), write.key(), write.value());
            }
        }
    }

    /** Hands over the positions and records of the events, in order. */
    public void events(ObjLongConsumer<byte[]> target) {
        for (Write write : writes) {
            if (write.branch() == null) {
                target.accept(nonNull(write.value()), write.position());
            }
        }
    }

    /** How many writes it holds. */
    public int size() {
        return writes.size();
    }

    /** The bytes of all keys and values. */
    public long bytes() {
        return bytes;
    }

    private static byte[] nonNull(byte @Nullable [] value) {
        if (value == null) {
            throw new IllegalStateException("an event without a record");
        }
        return value;
    }

    /** What takes the writes of a batch, with the methods of {@link WriteBatch} itself. */
    public interface Target {
        /** See {@link WriteBatch#event}. */
        void event(long position, byte[] record);

        /** See {@link WriteBatch#put}. */
        void put(Branch branch, byte[] key, byte[] value);

        /** See {@link WriteBatch#delete}. */
        void delete(Branch branch, byte[] key);
    }

    private record Write(@Nullable Branch branch, long position, byte[] key, byte @Nullable [] value) {}
}
