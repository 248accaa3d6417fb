package io.esdb.storage.rocks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Reads records by position: from the cache; where positions lie close together by walking; the rest by many gets in
 * one call. Safe to use from several threads.
 */
final class EventReader {
    /** Walking over records that are not wanted is cheaper than a get, up to this distance. */
    private static final long NEAR = 8;

    /** So many close ones make a walk worth its iterator. */
    private static final int LEAST_RUN = 4;

    private static final int GETS_PER_CALL = 256;

    private final RocksDatabase database;
    private final ColumnFamilyHandle events;
    private final ReadOptions options;
    private final RecordCache cache;
    private final long epoch;
    private final long last;

    /** @param last up to here, what is cached under the epoch is what the view sees */
    EventReader(RocksDatabase database, ReadOptions options, RecordCache cache, long epoch, long last) {
        this.database = database;
        this.events = database.handle(Family.EVENTS);
        this.options = options;
        this.cache = cache;
        this.epoch = epoch;
        this.last = last;
    }

    byte @Nullable [] read(long position) throws RocksDBException {
        byte[] cached = cached(position);
        return cached != null ? cached : get(position);
    }

    byte[] @Nullable [] read(long[] positions) throws RocksDBException {
        byte[] @Nullable [] records = new byte[positions.length][];
        int[] missing = new int[positions.length];
        int count = 0;
        for (int i = 0; i < positions.length; i++) {
            records[i] = cached(positions[i]);
            if (records[i] == null) {
                missing[count++] = i;
            }
        }
        if (count == 1) {
            records[missing[0]] = get(positions[missing[0]]);
        } else if (count > 1) {
            new Misses(positions, records, missing, count).read();
        }
        return records;
    }

    private byte @Nullable [] get(long position) throws RocksDBException {
        byte[] record = database.db().get(events, options, Keys.ofNumber(position));
        keep(position, record);
        return record;
    }

    private byte @Nullable [] cached(long position) {
        return epoch != RecordEpochs.NONE && position <= last ? cache.get(epoch, position) : null;
    }

    private void keep(long position, byte @Nullable [] record) {
        if (record != null && epoch != RecordEpochs.NONE && position <= last) {
            cache.put(epoch, position, record);
        }
    }

    /** What one call did not find in the cache. */
    private final class Misses {
        private final long[] positions;
        private final byte[] @Nullable [] records;
        private final int[] missing;
        private final int count;
        private final List<Integer> gets = new ArrayList<>();

        Misses(long[] positions, byte[] @Nullable [] records, int[] missing, int count) {
            this.positions = positions;
            this.records = records;
            this.missing = missing;
            this.count = count;
        }

        void read() throws RocksDBException {
            try (RocksIterator iterator = database.db().newIterator(events, options)) {
                for (int from = 0; from < count; ) {
                    int to = endOfRun(from);
                    if (to - from >= LEAST_RUN) {
                        walk(iterator, from, to);
                    } else {
                        for (int i = from; i < to; i++) {
                            gets.add(missing[i]);
                        }
                    }
                    from = to;
                }
            }
            for (int from = 0; from < gets.size(); from += GETS_PER_CALL) {
                getMany(gets.subList(from, Math.min(gets.size(), from + GETS_PER_CALL)));
            }
        }

        private int endOfRun(int from) {
            int to = from + 1;
            while (to < count && isNear(positions[missing[to - 1]], positions[missing[to]])) {
                to++;
            }
            return to;
        }

        private static boolean isNear(long position, long next) {
            return next > position && next - position <= NEAR;
        }

        private void walk(RocksIterator iterator, int from, int to) throws RocksDBException {
            iterator.seek(Keys.ofNumber(positions[missing[from]]));
            int wanted = from;
            while (wanted < to && iterator.isValid()) {
                long here = Keys.toNumber(iterator.key());
                while (wanted < to && positions[missing[wanted]] < here) {
                    wanted++; // there is no such record
                }
                if (wanted < to && positions[missing[wanted]] == here) {
                    records[missing[wanted++]] = iterator.value(); // as cheap to read again as to cache
                }
                iterator.next();
            }
            iterator.status();
        }

        private void getMany(List<Integer> indexes) throws RocksDBException {
            List<byte[]> keys = new ArrayList<>(indexes.size());
            for (int index : indexes) {
                keys.add(Keys.ofNumber(positions[index]));
            }
            List<byte[]> values = database.db().multiGetAsList(options, Collections.nCopies(keys.size(), events), keys);
            for (int i = 0; i < keys.size(); i++) {
                int index = indexes.get(i);
                byte[] value = values.get(i);
                if (value == null) {
                    // Many gets in one call show a damaged record as a missing one; a single get tells them apart.
                    records[index] = get(positions[index]);
                } else {
                    records[index] = value;
                    keep(positions[index], value);
                }
            }
        }
    }
}
