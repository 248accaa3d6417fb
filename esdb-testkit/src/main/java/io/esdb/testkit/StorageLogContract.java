package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.Direction;
import io.esdb.spi.Cursor;
import io.esdb.spi.ReadView;
import io.esdb.spi.Records;
import io.esdb.spi.StorageException.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a storage promises of walks over the event log. */
abstract class StorageLogContract extends StorageFixture {

    @Test
    void theLogIsWalkedBothWays() {
        put(0, 1, 2, 3);

        assertThat(log(0, Direction.FORWARD)).containsExactly("0=e0", "1=e1", "2=e2", "3=e3");
        assertThat(log(2, Direction.FORWARD)).containsExactly("2=e2", "3=e3");
        assertThat(log(3, Direction.BACKWARD)).containsExactly("3=e3", "2=e2", "1=e1", "0=e0");
        assertThat(log(1, Direction.BACKWARD)).containsExactly("1=e1", "0=e0");
    }

    @Test
    void aWalkOutOfAGapGoesOnBeyondIt() {
        put(2, 3, 1_000, 1L << 40);

        assertThat(log(4, Direction.FORWARD)).containsExactly("1000=e1000", "1099511627776=e1099511627776");
        assertThat(log(999, Direction.BACKWARD)).containsExactly("3=e3", "2=e2");
        assertThat(log(0, Direction.FORWARD)).hasSize(4);
        assertThat(log(Long.MAX_VALUE, Direction.BACKWARD)).hasSize(4);
    }

    @Test
    void aWalkFromBeyondTheEndFindsNothing() {
        put(5, 6);

        assertThat(log(7, Direction.FORWARD)).isEmpty();
        assertThat(log(Long.MAX_VALUE, Direction.FORWARD)).isEmpty();
        assertThat(log(4, Direction.BACKWARD)).isEmpty();
    }

    @Test
    void anEmptyLogHasNothingToWalk() {
        assertThat(log(0, Direction.FORWARD)).isEmpty();
        assertThat(log(Long.MAX_VALUE, Direction.BACKWARD)).isEmpty();
    }

    @Test
    void positionsAreInNumericOrder() {
        put(256, 255, 1, 65_536, 0, 127, 128);

        assertThat(log(0, Direction.FORWARD))
                .containsExactly("0=e0", "1=e1", "127=e127", "128=e128", "255=e255", "256=e256", "65536=e65536");
    }

    @Test
    void aCursorOverTheLogSeeks() {
        put(1, 2, 5);
        try (ReadView view = storage.view();
                Cursor forward = view.events(0, Direction.FORWARD);
                Cursor backward = view.events(9, Direction.BACKWARD)) {
            forward.seek(key(3));
            assertThat(nextPosition(forward)).isEqualTo(5);
            forward.seek(key(1));
            assertThat(List.of(nextPosition(forward), nextPosition(forward))).containsExactly(1L, 2L);
            backward.seek(key(3));
            assertThat(nextPosition(backward)).isEqualTo(2);
            backward.seek(key(5));
            assertThat(nextPosition(backward)).isEqualTo(5);
            backward.seek(key(0));
            assertThat(backward.next()).isFalse();
        }
    }

    @Test
    void theKeyIsThePositionInEightBytes() {
        put(258);
        try (ReadView view = storage.view();
                Cursor cursor = view.events(0, Direction.FORWARD)) {
            assertThat(next(cursor)).isEqualTo("0000000000000102");
        }
    }

    @Test
    void manyEventsAreWalkedInOrder() {
        for (int start = 0; start < 3_000; start += 100) {
            int first = start;
            commit(batch -> {
                for (int i = first; i < first + 100; i++) {
                    batch.event(i, utf8("e" + i));
                }
            });
        }

        List<String> forward = log(0, Direction.FORWARD);
        assertThat(forward).hasSize(3_000);
        assertThat(forward.get(1_234)).isEqualTo("1234=e1234");
        assertThat(log(2_999, Direction.BACKWARD).get(2_999 - 1_234)).isEqualTo("1234=e1234");
    }

    @Test
    void recordsAreThoseOfTheWalkWhateverIsExpected() {
        long[] positions = LongStream.range(0, 200).map(i -> i * i).toArray();
        put(positions);

        for (int expected : new int[] {1, 2, 50, 100_000, Integer.MAX_VALUE}) {
            for (Direction direction : Direction.values()) {
                for (long from : new long[] {0, 5, 10_000, 39_601, Long.MAX_VALUE}) {
                    List<String> walk = log(from, direction);
                    List<String> found = see(view -> texts(view.records(from, direction, expected)));
                    assertThat(found)
                            .as("%s from %d, %d expected", direction, from, expected)
                            .isEqualTo(walk.stream()
                                    .map(entry -> entry.substring(entry.indexOf('=') + 1))
                                    .toList());
                }
            }
        }
    }

    @Test
    void recordsOfEveryLengthComeBack() {
        int[] lengths = {0, 1, 100, 16_000, 16_500, 33_000, 3, 70_000, 5, 1 << 20, 0, 7};
        commit(batch -> {
            for (int i = 0; i < lengths.length; i++) {
                batch.event(i, utf8("x".repeat(lengths[i])));
            }
        });

        List<String> found = see(view -> texts(view.records(0, Direction.FORWARD, lengths.length)));
        assertThat(found.stream().map(String::length))
                .containsExactlyElementsOf(IntStream.of(lengths).boxed().toList());
    }

    @Test
    void recordsAreThereUntilTheirViewIsClosed() {
        put(0, 1);
        ReadView view = storage.view();
        Records records = view.records(0, Direction.FORWARD, 1);
        assertThat(records.next()).isNotNull();
        view.close();

        assertFails(Kind.CLOSED, records::next);
        records.close();
        records.close();
        assertFails(Kind.CLOSED, records::next);
        assertFails(Kind.CLOSED, () -> view.records(0, Direction.FORWARD, 1));
    }

    private static List<String> texts(Records records) {
        try (records) {
            List<String> all = new ArrayList<>();
            ByteBuffer record = records.next();
            while (record != null) {
                all.add(text(record));
                record = records.next();
            }
            assertThat(records.next()).isNull();
            return all;
        }
    }

    private void put(long... positions) {
        commit(batch -> {
            for (long position : positions) {
                batch.event(position, utf8("e" + position));
            }
        });
    }

    private static byte[] key(long position) {
        return ByteBuffer.allocate(Long.BYTES).putLong(position).array();
    }

    private static long nextPosition(Cursor cursor) {
        assertThat(cursor.next()).isTrue();
        return cursor.key().getLong();
    }
}
