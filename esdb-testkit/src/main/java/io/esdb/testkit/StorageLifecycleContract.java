package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a storage and its provider promise of opening, closing, copying and dropping. */
abstract class StorageLifecycleContract extends StorageFixture {

    @TestFactory
    Stream<DynamicTest> whatWasCommittedIsThereAfterReopening() {
        return everyMode(mode -> {
            fill(storage, mode.name());
            List<String> before = contents(storage);

            reopen(mode);

            assertThat(contents(storage)).isEqualTo(before).contains("0=event " + mode);
            fill(storage, "more");
            assertThat(event(0)).isEqualTo("event more");
        });
    }

    @TestFactory
    Stream<DynamicTest> aSyncIsFineInEveryMode() {
        return everyMode(mode -> {
            storage.sync();
            fill(storage, mode.name());
            storage.sync();
            storage.sync();
            assertThat(event(0)).isEqualTo("event " + mode);
        });
    }

    @Test
    void closingTwiceDoesNothing() {
        storage.close();
        storage.close();

        reopen(WriteMode.SYNC);
        storage.close();
        assertFails(Kind.CLOSED, storage::view);
    }

    @Test
    void everyCallAfterCloseIsRefused() {
        storage.close();

        assertFails(Kind.CLOSED, storage::view);
        assertFails(Kind.CLOSED, () -> storage.commit(new WriteBatch()));
        assertFails(Kind.CLOSED, () -> fill(storage, "late"));
        assertFails(Kind.CLOSED, storage::sync);
        assertFails(Kind.CLOSED, storage::recover);
        assertFails(Kind.CLOSED, () -> storage.image(temp.resolve("image")));
        assertFails(Kind.CLOSED, () -> storage.install(temp.resolve("image")));
        assertFails(Kind.CLOSED, storage::verify);
        assertFails(Kind.CLOSED, storage::diskBytes);
    }

    @Test
    void aSecondOwnerIsRefused() {
        fill(storage, "mine");

        assertFails(Kind.LOCKED, () -> provider.open(folder(), WriteMode.SYNC));
        assertFails(Kind.LOCKED, () -> provider.open(folder().resolve("../storage"), WriteMode.SYNC));
        assertFails(Kind.LOCKED, () -> provider.drop(folder()));
        assertThat(event(0)).isEqualTo("event mine");

        reopen(WriteMode.SYNC);
        assertThat(event(0)).isEqualTo("event mine");
    }

    @Test
    void foldersDoNotKnowEachOther() {
        fill(storage, "mine");
        try (Storage other = provider.open(temp.resolve("other"), WriteMode.SYNC)) {
            assertThat(contents(other)).doesNotContain("0=event mine");
            fill(other, "other");
        }
        assertThat(event(0)).isEqualTo("event mine");
    }

    @Test
    void aStorageIsMadeInAnEmptyFolder() throws IOException {
        Path empty = Files.createDirectory(temp.resolve("empty"));
        assertThat(provider.exists(empty)).isFalse();

        try (Storage made = provider.open(empty, WriteMode.SYNC)) {
            fill(made, "made");
        }
        assertThat(provider.exists(empty)).isTrue();
    }

    @Test
    void aStorageExistsUntilItIsDropped() {
        assertThat(provider.exists(temp.resolve("nowhere"))).isFalse();
        assertThat(provider.exists(folder())).isTrue();
        fill(storage, "mine");
        storage.close();
        assertThat(provider.exists(folder())).isTrue();

        provider.drop(folder());

        assertThat(provider.exists(folder())).isFalse();
        assertThat(folder()).doesNotExist();
        reopen(WriteMode.SYNC);
        assertThat(event(0)).isEqualTo("none");
    }

    @Test
    void anImageHoldsTheMomentItWasTaken() {
        fill(storage, "then");
        List<String> then = contents(storage);
        storage.image(temp.resolve("image"));
        fill(storage, "later");
        commit(batch -> batch.event(99, utf8("later")));

        assertThat(provider.exists(temp.resolve("image"))).isTrue();
        provider.restore(temp.resolve("image"), temp.resolve("restored"));
        for (String copy : List.of("restored", "image")) {
            try (Storage opened = provider.open(temp.resolve(copy), WriteMode.SYNC)) {
                assertThat(contents(opened)).isEqualTo(then);
                assertThat(opened.verify()).isEmpty();
            }
        }
        assertThat(event(0)).isEqualTo("event later");
    }

    @TestFactory
    Stream<DynamicTest> anImageHoldsWhatIsNotSyncedYet() {
        return everyMode(mode -> {
            reopen(mode);
            fill(storage, mode.name());
            Path image = temp.resolve("image-" + mode);
            storage.image(image);

            try (Storage opened = provider.open(image, WriteMode.SYNC)) {
                assertThat(contents(opened)).isEqualTo(contents(storage));
            }
        });
    }

    @Test
    void aRestoredCopyLeavesTheImageAsItIs() throws IOException {
        fill(storage, "then");
        List<String> then = contents(storage);
        Path image = temp.resolve("image");
        storage.image(image);
        provider.restore(image, temp.resolve("restored"));
        try (Storage restored = provider.open(temp.resolve("restored"), WriteMode.SYNC)) {
            fill(restored, "changed");
            commitTo(restored, batch -> batch.delete(Branch.META, utf8("key of 10 b")));
        }

        Path again = Files.createDirectory(temp.resolve("again"));
        provider.restore(image, again);
        try (Storage restored = provider.open(again, WriteMode.SYNC)) {
            assertThat(contents(restored)).isEqualTo(then);
        }
    }

    @Test
    void anImageIsTakenWhileViewsAreOpen() {
        fill(storage, "then");
        try (ReadView view = storage.view()) {
            fill(storage, "now");
            storage.image(temp.resolve("image"));
            assertThat(textOrNone(view.event(0))).isEqualTo("event then");
        }
        try (Storage image = provider.open(temp.resolve("image"), WriteMode.SYNC)) {
            assertThat(contents(image)).contains("0=event now");
        }
    }

    @Test
    void recoveringWithoutAFailureDoesNothing() {
        fill(storage, "mine");
        List<String> before = contents(storage);
        try (ReadView view = storage.view()) {
            storage.recover();
            storage.recover();
            assertThat(textOrNone(view.event(0))).isEqualTo("event mine");
        }
        assertThat(contents(storage)).isEqualTo(before);
        fill(storage, "more");
        assertThat(event(0)).isEqualTo("event more");
    }

    @Test
    void aSoundStorageHasNothingToComplainAbout() {
        assertThat(storage.verify()).isEmpty();
        fill(storage, "mine");
        assertThat(storage.verify()).isEmpty();
        assertThat(storage.diskBytes()).isNotNegative();
    }

    @Test
    void readsDuringCloseAreRightOrRefused() throws Exception {
        fill(storage, "mine");
        ExecutorService readers = Executors.newFixedThreadPool(4);
        try {
            CountDownLatch started = new CountDownLatch(4);
            List<Future<Kind>> ends = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                ends.add(readers.submit(() -> readUntilRefused(started)));
            }
            started.await();
            storage.close();
            provider.drop(folder());

            for (Future<Kind> end : ends) {
                assertThat(end.get()).isEqualTo(Kind.CLOSED);
            }
        } finally {
            readers.shutdownNow();
        }
    }

    private Kind readUntilRefused(CountDownLatch started) {
        try {
            while (true) {
                try (ReadView view = storage.view()) {
                    assertThat(textOrNone(view.event(0))).isEqualTo("event mine");
                    assertThat(entries(view.scan(Branch.META, WHOLE, null, Direction.FORWARD)))
                            .hasSize(1);
                    started.countDown();
                }
            }
        } catch (StorageException refused) {
            return refused.kind();
        }
    }

    private static void fill(Storage storage, String text) {
        commitTo(storage, batch -> {
            batch.event(0, utf8("event " + text));
            for (Branch branch : Branch.values()) {
                batch.put(branch, utf8("key of 10 b"), utf8(text));
            }
        });
    }
}
