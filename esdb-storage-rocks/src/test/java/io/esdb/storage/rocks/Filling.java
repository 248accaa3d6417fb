package io.esdb.storage.rocks;

import io.esdb.Direction;
import io.esdb.spi.Branch;
import io.esdb.spi.Cursor;
import io.esdb.spi.ReadView;
import io.esdb.spi.Storage;
import io.esdb.spi.WriteBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Data that can be told from any other, and all of a storage's content, to compare. */
final class Filling {
    private Filling() {}

    /** Commits with one event each, and a key in every branch. */
    static void commits(Storage storage, int from, int to, int recordBytes) {
        for (int i = from; i < to; i++) {
            storage.commit(batch(i, recordBytes));
        }
    }

    static WriteBatch batch(int number, int recordBytes) {
        WriteBatch batch = new WriteBatch();
        batch.event(number, record(number, recordBytes));
        byte[] value = ByteBuffer.allocate(8).putLong(number).array();
        for (Branch branch : Branch.values()) {
            byte[] key = branch == Branch.META
                    ? "applied".getBytes(StandardCharsets.UTF_8)
                    : ByteBuffer.allocate(17)
                            .putLong(number % 7)
                            .putLong(number)
                            .array();
            batch.put(branch, key, value);
        }
        return batch;
    }

    /** Does not compress, so that its size on disk is known. */
    static byte[] record(long position, int bytes) {
        byte[] record = new byte[bytes];
        new Random(position).nextBytes(record);
        return record;
    }

    /** Every entry of a storage, each as family, key and hash of its value. */
    static List<String> contents(Storage storage) {
        List<String> contents = new ArrayList<>();
        try (ReadView view = storage.view()) {
            collect("events", view.events(0, Direction.FORWARD), contents);
            for (Branch branch : Branch.values()) {
                collect(branch.name(), view.scan(branch, new byte[0], null, Direction.FORWARD), contents);
            }
        }
        return contents;
    }

    private static void collect(String name, Cursor cursor, List<String> contents) {
        try (cursor) {
            while (cursor.next()) {
                String key = StandardCharsets.ISO_8859_1.decode(cursor.key()).toString();
                contents.add(name + " " + key + " " + cursor.value().hashCode());
            }
        }
    }
}
