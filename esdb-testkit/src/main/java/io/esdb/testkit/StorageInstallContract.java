package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.esdb.Direction;
import io.esdb.spi.Branch;
import io.esdb.spi.ReadView;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageException;
import io.esdb.spi.StorageException.Kind;
import io.esdb.spi.WriteBatch;
import io.esdb.spi.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a storage promises of replacing its content by that of an image. */
abstract class StorageInstallContract extends StorageFixture {
    private static final String KEY = "000000000000000001";
    private static final int READERS = 3;

    @TestFactory
    Stream<DynamicTest> anInstallReplacesEverything() {
        return everyMode(mode -> {
            Path image = image("of " + mode, 3, mode);
            fill(storage, "old", 5);
            commit(batch -> batch.put(Branch.META, bytes("ff"), utf8("old")));
            assertThat(records(0, 4)).containsExactly("old", "old");

            storage.install(image);

            assertHolds(storage, "of " + mode, 3);
            assertThat(storage.verify()).isEmpty();
            reopen(mode);
            assertHolds(storage, "of " + mode, 3);
        });
    }

    @TestFactory
    Stream<DynamicTest> commitsGoOnAfterAnInstall() {
        return everyMode(mode -> {
            Path image = image("of " + mode, 3, mode);
            fill(storage, "old", 5);
            storage.install(image);

            fill(storage, "new", 4);

            assertHolds(storage, "new", 4);
            storage.sync();
            reopen(mode);
            assertHolds(storage, "new", 4);
            fill(storage, "newer", 5);
            assertHolds(storage, "newer", 5);
        });
    }

    @Test
    void anInstallGoesBackToAnEarlierMoment() {
        fill(storage, "then", 3);
        Path image = temp.resolve("image");
        storage.image(image);
        fill(storage, "later", 5);

        storage.install(image);

        assertHolds(storage, "then", 3);
    }

    @Test
    void anImageOfNothingLeavesNothing() {
        List<String> nothing = contents(storage);
        Path image = temp.resolve("image");
        storage.image(image);
        fill(storage, "old", 3);

        storage.install(image);

        assertThat(contents(storage)).isEqualTo(nothing);
    }

    @Test
    void anImageServesSeveralStoragesAndStaysAsItIs() {
        Path image = image("new", 3, WriteMode.SYNC);
        storage.install(image);
        try (Storage other = provider.open(temp.resolve("other"), WriteMode.UNLOGGED)) {
            other.install(image);
            fill(storage, "mine", 4);
            fill(other, "other", 5);
            storage.sync();
            other.sync();

            assertHolds(storage, "mine", 4);
            assertHolds(other, "other", 5);
            storage.install(image);
            assertHolds(storage, "new", 3);
        }
        try (Storage opened = provider.open(image, WriteMode.SYNC)) {
            assertHolds(opened, "new", 3);
            assertThat(opened.verify()).isEmpty();
        }
    }

    @Test
    void installsFollowEachOther() {
        Path one = image("one", 1, WriteMode.SYNC);
        Path two = image("two", 2, WriteMode.BUFFERED);
        for (int round = 0; round < 5; round++) {
            storage.install(one);
            assertHolds(storage, "one", 1);
            fill(storage, "between", 3);
            storage.install(two);
            assertHolds(storage, "two", 2);
        }
        reopen(WriteMode.SYNC);
        assertHolds(storage, "two", 2);
    }

    @Test
    void anOpenViewKeepsTheOldContentOrRefusesTheInstall() {
        Path image = image("new", 3, WriteMode.SYNC);
        fill(storage, "old", 5);
        try (ReadView view = storage.view()) {
            Kind refused = kindOf(() -> storage.install(image));

            assertThat(refused).isIn(null, Kind.UNAVAILABLE);
            assertThat(seenBy(view)).isEqualTo(expected("old", 5));
            assertHolds(storage, refused == null ? "new" : "old", refused == null ? 3 : 5);
            fill(storage, "after", 6);
            assertThat(seenBy(view)).isEqualTo(expected("old", 5));
        }
        assertHolds(storage, "after", 6);
        storage.install(image);
        assertHolds(storage, "new", 3);
    }

    @Test
    void readersSeeTheOldContentOrTheNewOne() throws Exception {
        Path one = image("one", 1, WriteMode.SYNC);
        Path two = image("two", 2, WriteMode.SYNC);
        storage.install(one);
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try {
            AtomicBoolean done = new AtomicBoolean();
            CountDownLatch busy = new CountDownLatch(READERS);
            List<Future<?>> reads = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                reads.add(readers.submit(() -> readWhile(done, busy)));
            }
            busy.await();
            for (int round = 0; round < 5; round++) {
                storage.install(two);
                assertHolds(storage, "two", 2);
                storage.install(one);
                assertHolds(storage, "one", 1);
            }
            done.set(true);

            for (Future<?> read : reads) {
                read.get();
            }
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    void whatIsNoImageIsRefused() throws IOException {
        fill(storage, "old", 3);
        Path empty = Files.createDirectory(temp.resolve("empty"));
        Path foreign = Files.createDirectory(temp.resolve("foreign"));
        Files.writeString(foreign.resolve("current"), "mine");

        for (Path noImage : List.of(temp.resolve("nowhere"), empty, foreign)) {
            assertThat(kindOf(() -> storage.install(noImage))).isIn(Kind.CORRUPT, Kind.IO);
            assertHolds(storage, "old", 3);
        }
        fill(storage, "after", 4);
        reopen(WriteMode.SYNC);
        assertHolds(storage, "after", 4);
    }

    @Test
    void aStorageThatIsOpenIsNoImage() {
        fill(storage, "old", 3);
        try (Storage other = provider.open(temp.resolve("other"), WriteMode.SYNC)) {
            fill(other, "other", 4);
            assertFails(Kind.LOCKED, () -> storage.install(temp.resolve("other")));
            assertFails(Kind.LOCKED, () -> storage.install(folder()));
            assertHolds(other, "other", 4);
        }
        assertHolds(storage, "old", 3);
        fill(storage, "after", 4);
        assertHolds(storage, "after", 4);
    }

    private void readWhile(AtomicBoolean done, CountDownLatch busy) {
        do {
            try (ReadView view = storage.view()) {
                List<String> seen = seenBy(view);
                assertThat(seen).isIn(expected("one", 1), expected("two", 2));
                assertThat(records(view, 0, 1)).isEqualTo(firstTwo(seen));
            } finally {
                busy.countDown();
            }
        } while (!done.get());
    }

    private static List<String> firstTwo(List<String> seen) {
        return seen.equals(expected("one", 1)) ? List.of("one", "none") : List.of("two", "two");
    }

    /** An image of a storage that was filled in one batch for each event. */
    private Path image(String text, int events, WriteMode mode) {
        Path image = temp.resolve("image " + text);
        try (Storage source = provider.open(temp.resolve("source " + text), mode)) {
            fill(source, text, events);
            source.image(image);
        }
        return image;
    }

    private static void fill(Storage storage, String text, int events) {
        for (int i = 0; i < events; i++) {
            WriteBatch batch = new WriteBatch();
            batch.event(i, utf8(text));
            for (Branch branch : Branch.values()) {
                batch.put(branch, bytes(KEY), utf8(text));
                batch.put(branch, bytes(KEY + "0" + i), utf8(text));
            }
            storage.commit(batch);
        }
    }

    private static void assertHolds(Storage storage, String text, int events) {
        try (ReadView view = storage.view()) {
            assertThat(seenBy(view)).isEqualTo(expected(text, events));
            for (int i = 0; i <= events; i++) {
                assertThat(textOrNone(view.event(i))).isEqualTo(i < events ? text : "none");
            }
            assertThat(view.get(Branch.META, bytes("ff"))).isNull();
        }
    }

    private static List<String> seenBy(ReadView view) {
        List<String> seen = new ArrayList<>(events(view.events(0, Direction.FORWARD)));
        for (Branch branch : Branch.values()) {
            seen.add(branch.name());
            seen.addAll(entries(view.scan(branch, WHOLE, null, Direction.FORWARD)));
        }
        return seen;
    }

    private static List<String> expected(String text, int events) {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            expected.add(i + "=" + text);
        }
        for (Branch branch : Branch.values()) {
            expected.add(branch.name());
            expected.add(KEY + "=" + text);
            for (int i = 0; i < events; i++) {
                expected.add(KEY + "0" + i + "=" + text);
            }
        }
        return expected;
    }

    /** The kind with which a call fails, or null if it does not. */
    private static @Nullable Kind kindOf(Runnable call) {
        StorageException failure = catchThrowableOfType(StorageException.class, call::run);
        return failure == null ? null : failure.kind();
    }
}
