package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.Direction;
import io.esdb.spi.Branch;
import io.esdb.spi.Cursor;
import io.esdb.spi.ReadView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a storage promises of walks over the tree. */
abstract class StorageScanContract extends StorageFixture {
    private static final String TERM = "00000000000000aabb";
    private static final String OTHER = "00000000000000aabc";

    @TestFactory
    Stream<DynamicTest> keysAreInUnsignedOrder() {
        return everyBranch(branch -> {
            putAll(branch, TERM + "80", TERM + "7f", TERM + "00", TERM, TERM + "ff", TERM + "0000", TERM + "01");

            assertThat(keys(branch, "", Direction.FORWARD))
                    .containsExactly(
                            TERM, TERM + "00", TERM + "0000", TERM + "01", TERM + "7f", TERM + "80", TERM + "ff");
            assertThat(keys(branch, "", Direction.BACKWARD))
                    .containsExactly(
                            TERM + "ff", TERM + "80", TERM + "7f", TERM + "01", TERM + "0000", TERM + "00", TERM);
        });
    }

    @TestFactory
    Stream<DynamicTest> aScanStaysInsideItsPrefix() {
        return everyBranch(branch -> {
            putAll(branch, "00000000000000aaba", TERM, TERM + "00", TERM + "ff", TERM + "ffff", OTHER, OTHER + "00");

            assertThat(keys(branch, TERM, Direction.FORWARD))
                    .containsExactly(TERM, TERM + "00", TERM + "ff", TERM + "ffff");
            assertThat(keys(branch, TERM, Direction.BACKWARD))
                    .containsExactly(TERM + "ffff", TERM + "ff", TERM + "00", TERM);
            assertThat(keys(branch, "00000000000000aabd", Direction.FORWARD)).isEmpty();
            assertThat(keys(branch, "00000000000000aabd", Direction.BACKWARD)).isEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> aPrefixOfHighestBytesReachesToTheEnd() {
        String highest = "ff".repeat(9);
        return everyBranch(branch -> {
            putAll(branch, TERM, "ff".repeat(8) + "fe", highest, highest + "00", highest + "ffff");

            assertThat(keys(branch, highest, Direction.FORWARD))
                    .containsExactly(highest, highest + "00", highest + "ffff");
            assertThat(keys(branch, highest, Direction.BACKWARD))
                    .containsExactly(highest + "ffff", highest + "00", highest);
        });
    }

    @TestFactory
    Stream<DynamicTest> aPrefixThatEndsInHighestBytesIsBounded() {
        String prefix = "00".repeat(7) + "01ff";
        String beyond = "00".repeat(7) + "0200";
        return everyBranch(branch -> {
            putAll(branch, prefix, prefix + "ff", beyond);

            assertThat(keys(branch, prefix, Direction.FORWARD)).containsExactly(prefix, prefix + "ff");
            assertThat(keys(branch, prefix, Direction.BACKWARD)).containsExactly(prefix + "ff", prefix);
        });
    }

    @TestFactory
    Stream<DynamicTest> aScanBeginsWhereItIsTold() {
        return everyBranch(branch -> {
            putAll(branch, TERM + "10", TERM + "20", TERM + "30", OTHER + "10");

            assertThat(firstFrom(branch, TERM + "20", Direction.FORWARD)).isEqualTo(TERM + "20");
            assertThat(firstFrom(branch, TERM + "20", Direction.BACKWARD)).isEqualTo(TERM + "20");
            assertThat(firstFrom(branch, TERM + "21", Direction.FORWARD)).isEqualTo(TERM + "30");
            assertThat(firstFrom(branch, TERM + "21", Direction.BACKWARD)).isEqualTo(TERM + "20");
            assertThat(firstFrom(branch, TERM, Direction.FORWARD)).isEqualTo(TERM + "10");
            assertThat(firstFrom(branch, TERM, Direction.BACKWARD)).isEqualTo("end");
            assertThat(firstFrom(branch, TERM + "ff", Direction.FORWARD)).isEqualTo("end");
            assertThat(firstFrom(branch, TERM + "ff", Direction.BACKWARD)).isEqualTo(TERM + "30");
        });
    }

    @TestFactory
    Stream<DynamicTest> aCursorSeeksEitherWay() {
        return everyBranch(branch -> {
            putAll(branch, TERM + "10", TERM + "20", TERM + "30", TERM + "40");
            for (Direction direction : Direction.values()) {
                try (ReadView view = storage.view();
                        Cursor cursor = view.scan(branch, bytes(TERM), null, direction)) {
                    boolean forward = direction == Direction.FORWARD;
                    cursor.seek(bytes(TERM + "30"));
                    assertThat(next(cursor)).isEqualTo(TERM + "30");
                    assertThat(next(cursor)).isEqualTo(TERM + (forward ? "40" : "20"));
                    cursor.seek(bytes(TERM + "15"));
                    assertThat(next(cursor)).isEqualTo(TERM + (forward ? "20" : "10"));
                    cursor.seek(bytes(TERM + (forward ? "50" : "05")));
                    assertThat(next(cursor)).isEqualTo("end");
                    cursor.seek(bytes(TERM + "20"));
                    assertThat(next(cursor)).isEqualTo(TERM + "20");
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aSeekStaysInsideTheBounds() {
        return everyBranch(branch -> {
            putAll(branch, "00000000000000aaba", TERM + "10", TERM + "20", OTHER);
            String before = "00000000000000aaba";
            try (ReadView view = storage.view();
                    Cursor forward = view.scan(branch, bytes(TERM), null, Direction.FORWARD);
                    Cursor backward = view.scan(branch, bytes(TERM), null, Direction.BACKWARD)) {
                forward.seek(bytes(before));
                assertThat(next(forward)).isEqualTo(TERM + "10");
                forward.seek(bytes(OTHER));
                assertThat(next(forward)).isEqualTo("end");
                backward.seek(bytes(OTHER));
                assertThat(next(backward)).isEqualTo(TERM + "20");
                backward.seek(bytes(before));
                assertThat(next(backward)).isEqualTo("end");
            }
        });
    }

    @Test
    void theEndStaysTheEnd() {
        putAll(Branch.STREAMS, "01", "02");
        try (ReadView view = storage.view();
                Cursor cursor = view.scan(Branch.STREAMS, WHOLE, null, Direction.FORWARD)) {
            assertThat(List.of(next(cursor), next(cursor), next(cursor), next(cursor)))
                    .containsExactly("01", "02", "end", "end");
        }
    }

    @Test
    void anEmptyBranchHasNothingToWalk() {
        assertThat(scan(Branch.INDEX, "", Direction.FORWARD)).isEmpty();
        assertThat(scan(Branch.INDEX, "", Direction.BACKWARD)).isEmpty();
        assertThat(scan(Branch.INDEX, TERM, Direction.BACKWARD)).isEmpty();
    }

    @Test
    void keysAndValuesAreHeapBuffersThatCanBeReadTwice() {
        putAll(Branch.STREAMS, "0102");
        try (ReadView view = storage.view();
                Cursor cursor = view.scan(Branch.STREAMS, WHOLE, null, Direction.FORWARD)) {
            assertThat(cursor.next()).isTrue();
            for (ByteBuffer buffer : List.of(cursor.key(), cursor.value(), cursor.key(), cursor.value())) {
                assertThat(buffer.isDirect()).isFalse();
                assertThat(buffer.remaining()).isPositive();
            }
            assertThat(hex(cursor.key())).isEqualTo("0102");
            assertThat(text(cursor.value())).isEqualTo("v0102");
        }
    }

    @Test
    void closingACursorTwiceDoesNothing() {
        try (ReadView view = storage.view()) {
            Cursor cursor = view.scan(Branch.STREAMS, WHOLE, null, Direction.FORWARD);
            cursor.close();
            cursor.close();
            assertThat(view.get(Branch.STREAMS, bytes("01"))).isNull();
        }
    }

    /** Random keys of few letters meet all edges of prefixes; a sorted map says what is right. */
    @Test
    void everyWalkEqualsThatOfASortedMap() {
        long seed = 20_260_101;
        Random random = new Random(seed);
        NavigableMap<byte[], String> model = new TreeMap<>(Arrays::compareUnsigned);
        for (int round = 0; round < 30; round++) {
            change(model, random);
            for (int i = 0; i < 20; i++) {
                byte[] prefix = randomKey(random, 3);
                byte[] from = random.nextBoolean() ? null : join(prefix, randomKey(random, 2));
                Direction direction = random.nextBoolean() ? Direction.FORWARD : Direction.BACKWARD;
                List<String> found = see(view -> entries(view.scan(Branch.STREAMS, prefix, from, direction)));
                assertThat(found)
                        .as(
                                "seed %d, round %d, prefix %s, from %s, %s",
                                seed, round, hexOf(prefix), hexOf(from), direction)
                        .isEqualTo(expected(model, prefix, from, direction));
            }
        }
    }

    private void change(NavigableMap<byte[], String> model, Random random) {
        commit(batch -> {
            for (int i = 0; i < 15; i++) {
                byte[] key = join(randomKey(random, 1), randomKey(random, 3), new byte[] {1});
                if (random.nextInt(4) == 0) {
                    batch.delete(Branch.STREAMS, key);
                    model.remove(key);
                } else {
                    String value = "v" + random.nextInt(1_000);
                    batch.put(Branch.STREAMS, key, utf8(value));
                    model.put(key, value);
                }
            }
        });
    }

    private static List<String> expected(
            NavigableMap<byte[], String> model, byte[] prefix, byte @Nullable [] from, Direction direction) {
        NavigableMap<byte[], String> walk = direction == Direction.FORWARD ? model : model.descendingMap();
        List<String> entries = new ArrayList<>();
        (from == null ? walk : walk.tailMap(from, true)).forEach((key, value) -> {
            if (hexOf(key).startsWith(hexOf(prefix))) {
                entries.add(hexOf(key) + "=" + value);
            }
        });
        return entries;
    }

    private static byte[] randomKey(Random random, int most) {
        byte[] letters = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff};
        byte[] key = new byte[random.nextInt(most + 1)];
        for (int i = 0; i < key.length; i++) {
            key[i] = letters[random.nextInt(letters.length)];
        }
        return key;
    }

    private static byte[] join(byte[]... parts) {
        StringBuilder hex = new StringBuilder();
        for (byte[] part : parts) {
            hex.append(hexOf(part));
        }
        return bytes(hex.toString());
    }

    private static String hexOf(byte @Nullable [] key) {
        return key == null ? "the start" : HexFormat.of().formatHex(key);
    }

    private Stream<DynamicTest> everyBranch(Consumer<Branch> test) {
        return Arrays.stream(Branch.values())
                .map(branch -> DynamicTest.dynamicTest(branch.name(), () -> test.accept(branch)));
    }

    private void putAll(Branch branch, String... hexKeys) {
        commit(batch -> {
            for (String key : hexKeys) {
                batch.put(branch, bytes(key), utf8("v" + key));
            }
        });
    }

    private List<String> keys(Branch branch, String hexPrefix, Direction direction) {
        List<String> keys = new ArrayList<>();
        for (String entry : scan(branch, hexPrefix, direction)) {
            String key = entry.substring(0, entry.indexOf('='));
            assertThat(entry).isEqualTo(key + "=v" + key);
            keys.add(key);
        }
        return keys;
    }

    private String firstFrom(Branch branch, String hexFrom, Direction direction) {
        return see(view -> {
            try (Cursor cursor = view.scan(branch, bytes(TERM), bytes(hexFrom), direction)) {
                return next(cursor);
            }
        });
    }
}
