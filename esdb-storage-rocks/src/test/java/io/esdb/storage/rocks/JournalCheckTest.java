package io.esdb.storage.rocks;

import static io.esdb.storage.rocks.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.spi.Storage;
import io.esdb.spi.StorageException.Kind;
import io.esdb.spi.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class JournalCheckTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void damageIsFoundWhileTheStorageIsOpen(boolean synced) throws IOException {
        try (Storage storage = new RocksStorageProvider().open(folder, synced ? WriteMode.SYNC : WriteMode.BUFFERED)) {
            Filling.commits(storage, 0, 20, 1_000);
            assertThat(storage.verify()).isEmpty();

            Path file = Journal.files(folder.resolve(StoreFolder.FIRST)).get(0);
            Folders.flip(file, 9_000);
            assertThat(storage.verify()).singleElement().asString().startsWith("journal: ");
            Folders.flip(file, 9_000);
            assertThat(storage.verify()).isEmpty();

            Files.move(file, folder.resolve("away"));
            assertThat(storage.verify()).singleElement().asString().startsWith("journal: ");
            Files.move(folder.resolve("away"), file);
        }
    }

    @Test
    void aStorageWithoutAJournalMissesNone() {
        try (Storage storage = new RocksStorageProvider().open(folder, WriteMode.UNLOGGED)) {
            Filling.commits(storage, 0, 20, 1_000);
            assertThat(storage.verify()).isEmpty();
        }
    }

    @Test
    void commitsThatAreNowhereAreMissed() throws IOException {
        fill(10);
        new JournalCheck(folder, JournalCheckTest::nothingStored).run(10);
        assertFails(Kind.CORRUPT, () -> new JournalCheck(folder, JournalCheckTest::nothingStored).run(11));
        assertFails(Kind.CORRUPT, () -> new JournalCheck(folder, () -> 3).run(11));
    }

    /** Its file may be gone because of just that. */
    @Test
    void commitsThatWereStoredMeanwhileAreNotMissed() throws IOException {
        AtomicLong stored = new AtomicLong();
        new JournalCheck(folder, stored::getAndIncrement).run(5);

        fill(10);
        Folders.flip(Journal.files(folder).get(0), JournalFormat.HEADER_BYTES + 20);
        stored.set(0);
        new JournalCheck(folder, () -> stored.getAndAdd(10)).run(10);
    }

    /** Commits behind those that are asked for may be half written. */
    @Test
    void whatComesLaterDoesNotMatter() throws IOException {
        fill(10);
        long sixth = JournalFormat.HEADER_BYTES + 5L * JournalFormat.frameBytes(100);
        Folders.flip(Journal.files(folder).get(0), sixth + 20);

        new JournalCheck(folder, JournalCheckTest::nothingStored).run(5);
        assertFails(Kind.CORRUPT, () -> new JournalCheck(folder, JournalCheckTest::nothingStored).run(6));
    }

    @ParameterizedTest
    @EnumSource(names = {"SYNC", "BUFFERED"})
    void aStorageInUseHasNoFindings(WriteMode mode) {
        RocksOptions small = RocksOptions.DEFAULT.withWriteBufferBytes(4 << 20);
        try (Storage storage = new RocksStorageProvider(small).open(folder, mode)) {
            CompletableFuture<Void> commits =
                    CompletableFuture.runAsync(() -> Filling.commits(storage, 0, 100, 300_000));
            int checks = 0;
            while (!commits.isDone() || checks == 0) {
                assertThat(storage.verify()).isEmpty();
                checks++;
            }
            commits.join();
        }
    }

    private static long nothingStored() {
        return 0;
    }

    private void fill(int commits) throws IOException {
        Journal journal = new Journal(folder, true, JournalCheckTest::nothingStored);
        for (int i = 1; i <= commits; i++) {
            journal.append(i, Filling.record(i, 100));
        }
        journal.close();
    }
}
