package io.esdb.storage.rocks;

import static io.esdb.storage.rocks.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.Direction;
import io.esdb.spi.Branch;
import io.esdb.spi.Cursor;
import io.esdb.spi.ReadView;
import io.esdb.spi.Records;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageException.Kind;
import io.esdb.spi.WriteBatch;
import io.esdb.spi.WriteMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records by position: what is cached, walked over or fetched is what the view sees. */
class EventReadsTest {
    private static final RocksStorageProvider PROVIDER = new RocksStorageProvider();

    @TempDir
    Path temp;

    @Test
    void aViewNeverSeesARecordOfAnotherMoment() {
        Random random = new Random(7);
        Map<ReadView, Map<Long, byte[]>> views = new LinkedHashMap<>();
        Map<Long, byte[]> model = new TreeMap<>();
        try (Storage storage = PROVIDER.open(temp, WriteMode.BUFFERED)) {
            for (int round = 0; round < 400; round++) {
                WriteBatch batch = new WriteBatch();
                for (int i = 0; i < 5; i++) {
                    long position = random.nextInt(4) == 0 ? random.nextInt(500) : model.size() * 2L;
                    byte[] record = Filling.record(round * 10L + i, 40);
                    batch.event(position, record);
                    model.put(position, record);
                }
                storage.commit(batch);
                views.put(storage.view(), new TreeMap<>(model));
                if (views.size() > 8) {
                    List<ReadView> open = List.copyOf(views.keySet());
                    ReadView oldest = open.get(random.nextInt(3));
                    assertThat(views).hasSize(9);
                    open.forEach(view -> assertSees(view, views.get(view), random));
                    oldest.close();
                    views.remove(oldest);
                }
            }
            views.keySet().forEach(ReadView::close);
        }
    }

    @Test
    void closeAndFarPositionsAreReadInTheOrderAsked() {
        try (Storage storage = PROVIDER.open(temp, WriteMode.BUFFERED)) {
            WriteBatch batch = new WriteBatch();
            LongStream.range(0, 3_000)
                    .filter(position -> position % 10 != 3)
                    .forEach(position -> batch.event(position, Filling.record(position, 20)));
            storage.commit(batch);
            long[] positions = LongStream.of(
                            2_999,
                            0,
                            1,
                            2,
                            3,
                            4,
                            5,
                            6,
                            15,
                            17,
                            25,
                            900,
                            7,
                            7,
                            13,
                            23,
                            33,
                            43,
                            2_000,
                            -1,
                            5_000,
                            Long.MAX_VALUE,
                            2_001,
                            2_002,
                            2_003,
                            2_004)
                    .toArray();
            for (int again = 0; again < 2; again++) {
                try (ReadView view = storage.view()) {
                    byte[][] records = view.events(positions);
                    for (int i = 0; i < positions.length; i++) {
                        long position = positions[i];
                        boolean there = position >= 0 && position < 3_000 && position % 10 != 3;
                        assertThat(records[i]).isEqualTo(there ? Filling.record(position, 20) : null);
                    }
                }
            }
        }
    }

    @Test
    void whatACallerDoesToARecordStaysWithTheCaller() {
        try (Storage storage = PROVIDER.open(temp, WriteMode.BUFFERED)) {
            Filling.commits(storage, 0, 2, 100);
            for (int again = 0; again < 3; again++) {
                try (ReadView view = storage.view()) {
                    byte[] record = view.event(1);
                    assertThat(record).isEqualTo(Filling.record(1, 100));
                    record[0]++;
                }
            }
        }
    }

    @Test
    void aDamagedRecordIsNeverTakenForAMissingOne() throws IOException {
        Storage filling = PROVIDER.open(temp, WriteMode.SYNC);
        Filling.commits(filling, 0, 2_000, 500);
        filling.close();
        Path events = largest();
        for (long at = 4_000; at < Files.size(events) - 20_000; at += 8_000) {
            Folders.flip(events, at);
        }
        try (Storage storage = PROVIDER.open(temp, WriteMode.SYNC);
                ReadView view = storage.view()) {
            assertFails(Kind.CORRUPT, () -> view.events(new long[] {1_500, 700, 20}));
            assertFails(
                    Kind.CORRUPT, () -> view.events(LongStream.range(300, 900).toArray()));
            assertFails(Kind.CORRUPT, () -> view.event(1_000));
            try (Cursor cursor = view.events(1_900, Direction.BACKWARD)) {
                assertFails(Kind.CORRUPT, () -> toTheEnd(cursor));
                assertFails(Kind.CORRUPT, cursor::next);
            }
            assertThat(storage.verify()).isNotEmpty();
        }
    }

    @Test
    void aLongWalkMissesNothingWhereItBeginsToReadAhead() {
        int events = 3 * RocksCursor.LONG_WALK;
        try (Storage storage = PROVIDER.open(temp, WriteMode.BUFFERED)) {
            WriteBatch batch = new WriteBatch();
            LongStream.range(0, events).forEach(position -> batch.event(position, new byte[] {1}));
            storage.commit(batch);
            try (ReadView view = storage.view()) {
                assertThat(positions(view.events(0, Direction.FORWARD)))
                        .containsExactlyElementsOf(
                                LongStream.range(0, events).boxed().toList());
                assertThat(positions(view.events(events, Direction.BACKWARD)))
                        .containsExactlyElementsOf(LongStream.range(0, events)
                                .map(i -> events - 1 - i)
                                .boxed()
                                .toList());
            }
        }
    }

    @Test
    void recordsThatAreFetchedAheadGoOnBeyondWhatWasExpected() {
        int events = 70_000; // so many that the first ones are not the newest any more
        try (Storage storage = PROVIDER.open(temp, WriteMode.BUFFERED)) {
            WriteBatch batch = new WriteBatch();
            LongStream.range(0, events).forEach(position -> batch.event(position, Keys.ofNumber(position)));
            storage.commit(batch);
            try (ReadView view = storage.view()) {
                for (int expected : new int[] {1, 31, 32, 33, 1_000, events}) {
                    long next = 17;
                    try (Records records = view.records(next, Direction.FORWARD, expected)) {
                        ByteBuffer record = records.next();
                        while (record != null) {
                            assertThat(record.getLong()).isEqualTo(next++);
                            record = records.next();
                        }
                    }
                    assertThat(next).isEqualTo(events);
                }
            }
        }
    }

    @Test
    void recordsBeforeADamagedOneComeFirstAndNothingAfterIt() throws IOException {
        Storage filling = PROVIDER.open(temp, WriteMode.SYNC);
        Filling.commits(filling, 0, 2_000, 500);
        filling.close();
        Folders.flip(largest(), 400_000);
        try (Storage storage = PROVIDER.open(temp, WriteMode.SYNC);
                ReadView view = storage.view();
                Cursor cursor = view.events(0, Direction.FORWARD);
                Records records = view.records(0, Direction.FORWARD, 2_000)) {
            AtomicLong good = new AtomicLong();
            assertFails(Kind.CORRUPT, () -> {
                while (cursor.next()) {
                    good.incrementAndGet();
                }
            });
            assertThat(good.get()).isBetween(100L, 1_900L);

            for (long position = 0; position < good.get(); position++) {
                assertThat(records.next()).isEqualTo(ByteBuffer.wrap(Filling.record(position, 500)));
            }
            assertFails(Kind.CORRUPT, records::next);
            assertFails(Kind.CORRUPT, records::next);
        }
    }

    @Test
    void keysAndValuesOfEveryLengthComeBack() {
        int[] lengths = {0, 1, 63, 64, 127, 128, 1_023, 1_025, 16_383, 16_384, 70_000};
        try (Storage storage = PROVIDER.open(temp, WriteMode.BUFFERED)) {
            WriteBatch batch = new WriteBatch();
            for (int length : lengths) {
                batch.put(Branch.SNAPSHOTS, Filling.record(length, length + 1), Filling.record(length, length));
            }
            storage.commit(batch);
            try (ReadView view = storage.view();
                    Cursor all = view.scan(Branch.SNAPSHOTS, new byte[0], null, Direction.FORWARD)) {
                for (int length : lengths) {
                    byte[] value = view.get(Branch.SNAPSHOTS, Filling.record(length, length + 1));
                    assertThat(value).isEqualTo(Filling.record(length, length));
                }
                int count = 0;
                while (all.next()) {
                    int length = all.key().remaining() - 1;
                    assertThat(all.key()).isEqualTo(ByteBuffer.wrap(Filling.record(length, length + 1)));
                    assertThat(all.value()).isEqualTo(ByteBuffer.wrap(Filling.record(length, length)));
                    count++;
                }
                assertThat(count).isEqualTo(lengths.length);
            }
        }
    }

    private static void assertSees(ReadView view, Map<Long, byte[]> model, Random random) {
        long[] positions = random.longs(20, 0, 2_000).toArray();
        byte[][] records = view.events(positions);
        for (int i = 0; i < positions.length; i++) {
            assertThat(records[i]).isEqualTo(model.get(positions[i]));
            assertThat(view.event(positions[i])).isEqualTo(model.get(positions[i]));
        }
    }

    private static void toTheEnd(Cursor cursor) {
        while (cursor.next()) {
            assertThat(cursor.value().remaining()).isEqualTo(500);
        }
    }

    private static List<Long> positions(Cursor cursor) {
        List<Long> positions = new ArrayList<>();
        try (cursor) {
            while (cursor.next()) {
                positions.add(cursor.key().getLong());
            }
        }
        return positions;
    }

    private Path largest() throws IOException {
        Path largest = temp;
        long bytes = 0;
        for (Path file : Folders.files(temp, file -> file.toString().endsWith(".sst"))) {
            if (Files.size(file) > bytes) {
                largest = file;
                bytes = Files.size(file);
            }
        }
        return largest;
    }
}
