package io.esdb.benchmarks;

import io.esdb.EventData;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Puts appends straight into RocksDB, a few to a batch, with or without what event ids need. */
final class EventIdPuts {
    private static final int APPENDS_PER_BATCH = 10;

    private final RawRocks rocks;
    private final WriteOptions writing;
    private final boolean withIds;
    private final List<SampleAppend> gathered = new ArrayList<>();
    private long position;

    EventIdPuts(RawRocks rocks, WriteOptions writing, boolean withIds) {
        this.rocks = rocks;
        this.writing = writing;
        this.withIds = withIds;
    }

    /** How many events were written. */
    long position() {
        return position;
    }

    void add(SampleAppend append) throws Exception {
        gathered.add(append);
        if (gathered.size() == APPENDS_PER_BATCH) {
            write();
        }
    }

    void write() throws Exception {
        RocksDB db = rocks.db();
        try (WriteBatch batch = new WriteBatch()) {
            for (SampleAppend append : gathered) {
                if (withIds) {
                    lookUp(append);
                }
                Layout.append(append, position, (family, key, value) -> {
                    if (withIds || !Layout.isIdKey(family, key)) {
                        batch.put(rocks.handle(family), key, value);
                    }
                });
                position += append.events().size();
            }
            db.write(writing, batch);
        }
        gathered.clear();
    }

    private void lookUp(SampleAppend append) throws Exception {
        for (EventData event : append.events()) {
            byte[] found = rocks.db().get(rocks.handle(Family.INDEX), Layout.idKey(event.id()));
            Expect.equal("number of ids found", 0, found == null ? 0 : 1);
        }
    }
}
