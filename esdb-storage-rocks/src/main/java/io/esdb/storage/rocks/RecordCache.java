package io.esdb.storage.rocks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/**
 * Records by position, for all storages of a provider. What is put under an epoch is found under that epoch only; an
 * epoch is never used twice, so an entry once right stays right. See {@link RecordEpochs}.
 */
final class RecordCache {
    /** About what an entry takes beside its bytes. */
    private static final int OVERHEAD_BYTES = 112;

    private final @Nullable Cache<Key, byte[]> records;

    RecordCache(long bytes) {
        records = bytes == 0 ? null : cache(bytes);
    }

    /** The record, the caller's own copy, or null if it is not cached. */
    byte @Nullable [] get(long epoch, long position) {
        if (records == null) {
            return null;
        }
        byte[] record = records.getIfPresent(new Key(epoch, position));
        return record == null ? null : record.clone();
    }

    void put(long epoch, long position, byte[] record) {
        if (records != null) {
            records.put(new Key(epoch, position), record.clone());
        }
    }

    /** Lets go of everything of an epoch. */
    void drop(long epoch) {
        if (records != null) {
            records.asMap().keySet().removeIf(key -> key.epoch() == epoch);
        }
    }

    private static Cache<Key, byte[]> cache(long bytes) {
        return Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((Key key, byte[] record) -> OVERHEAD_BYTES + record.length)
                .executor(Runnable::run) // no threads of its own
                .build();
    }

    private record Key(long epoch, long position) {}
}
