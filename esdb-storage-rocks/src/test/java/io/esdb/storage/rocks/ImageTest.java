package io.esdb.storage.rocks;

import static io.esdb.storage.rocks.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.spi.Branch;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageException.Kind;
import io.esdb.spi.WriteMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images, storages made of them, and folders in which the making was cut off. */
class ImageTest {
    private static final RocksStorageProvider PROVIDER = new RocksStorageProvider();

    @TempDir
    Path temp;

    private Path store;
    private Path image;
    private Path restored;

    @BeforeEach
    void name() {
        store = temp.resolve("store");
        image = temp.resolve("deep/image");
        restored = temp.resolve("deep/restored");
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void anImageIsAStorageThatGoesItsOwnWay(WriteMode mode) {
        List<String> contents;
        try (Storage storage = PROVIDER.open(store, mode)) {
            Filling.commits(storage, 0, 200, 1_000);
            contents = Filling.contents(storage);
            storage.image(image);
            Filling.commits(storage, 200, 300, 1_000);
        }
        PROVIDER.restore(image, restored);
        try (Storage copy = PROVIDER.open(restored, mode)) {
            assertThat(Filling.contents(copy)).isEqualTo(contents);
            Filling.commits(copy, 200, 210, 1_000);
        }
        try (Storage opened = PROVIDER.open(image, mode)) {
            assertThat(Filling.contents(opened)).isEqualTo(contents);
            assertThat(opened.verify()).isEmpty();
        }
    }

    @Test
    void anImageOfABusyStorageIsOneMoment() throws Exception {
        ExecutorService committer = Executors.newSingleThreadExecutor();
        try (Storage storage = PROVIDER.open(store, WriteMode.BUFFERED)) {
            Future<?> commits = committer.submit(() -> Filling.commits(storage, 0, 3_000, 500));
            storage.image(image);
            commits.get(60, TimeUnit.SECONDS);
        }
        committer.shutdown();
        try (Storage opened = PROVIDER.open(image, WriteMode.SYNC)) {
            List<String> contents = Filling.contents(opened);
            long events = contents.stream()
                    .filter(entry -> entry.startsWith("events"))
                    .count();
            // Each commit makes an event and a key in each branch but META, whose one key it rewrites.
            int keys = Branch.values().length - 1;
            assertThat(contents).hasSize((int) (events * (1 + keys) + (events > 0 ? 1 : 0)));
        }
    }

    @Test
    void anImageThatLosesItsJournalIsCorrupt() throws IOException {
        Path crashed = temp.resolve("crashed");
        try (Storage storage = PROVIDER.open(store, WriteMode.SYNC)) {
            Filling.commits(storage, 0, 100, 100);
            storage.image(image);
        }
        try (Storage opened = PROVIDER.open(image, WriteMode.SYNC)) {
            Filling.commits(opened, 100, 110, 100);
            Folders.copy(image, crashed);
        }
        for (Path file : Journal.files(crashed.resolve(StoreFolder.FIRST))) {
            Folders.truncate(file, 0);
        }
        assertFails(Kind.CORRUPT, () -> PROVIDER.open(crashed, WriteMode.SYNC));
    }

    @Test
    void nothingGoesIntoAFolderThatHoldsOtherFilesOrIsLeftThere() throws IOException {
        Files.createDirectories(restored);
        Path mine = Files.writeString(restored.resolve("mine"), "mine");
        try (Storage storage = PROVIDER.open(store, WriteMode.SYNC)) {
            assertFails(Kind.IO, () -> storage.image(restored));
            assertFails(Kind.IO, () -> storage.image(store));
            assertFails(Kind.LOCKED, () -> PROVIDER.restore(store, temp.resolve("other")));
        }
        assertFails(Kind.IO, () -> PROVIDER.restore(store, restored));
        assertThat(assertFails(Kind.CORRUPT, () -> PROVIDER.open(restored, WriteMode.SYNC)))
                .hasMessageContaining("other files");
        assertThat(Disk.children(restored)).containsExactly(mine);
    }

    @Test
    void anInterruptedRestoreIsNoStorage() throws IOException {
        PROVIDER.open(store, WriteMode.SYNC).close();
        PROVIDER.restore(store, restored);
        Files.delete(restored.resolve(StoreFolder.CURRENT));
        Files.writeString(restored.resolve("incomplete"), StoreFolder.RESTORING);
        assertFails(Kind.CORRUPT, () -> PROVIDER.open(restored, WriteMode.SYNC));
        PROVIDER.drop(restored);
        assertThat(restored).doesNotExist();
    }

    @Test
    void anInterruptedMakingBeginsAnew() throws IOException {
        PROVIDER.open(store, WriteMode.SYNC).close();
        Files.delete(store.resolve(StoreFolder.CURRENT));
        Files.writeString(store.resolve("incomplete"), StoreFolder.CREATING);
        try (Storage storage = PROVIDER.open(store, WriteMode.SYNC)) {
            assertThat(Filling.contents(storage)).isEmpty();
        }
        assertThat(store.resolve("incomplete")).doesNotExist();
    }

    @Test
    void aNewerFormatIsRefused() throws IOException {
        PROVIDER.open(store, WriteMode.SYNC).close();
        String newer = "esdb-rocks 2\nwhatever comes then\n";
        CRC32C crc = new CRC32C();
        crc.update(newer.getBytes(StandardCharsets.UTF_8));
        Files.writeString(store.resolve(StoreFolder.CURRENT), newer + String.format("crc32c %08x%n", crc.getValue()));
        assertThat(PROVIDER.exists(store)).isTrue();
        assertFails(Kind.TOO_NEW, () -> PROVIDER.open(store, WriteMode.SYNC));
    }

    @Test
    void droppingLeavesForeignFiles() throws IOException {
        PROVIDER.open(store, WriteMode.SYNC).close();
        Files.writeString(store.resolve("mine"), "mine");
        PROVIDER.drop(store);
        assertThat(PROVIDER.exists(store)).isFalse();
        assertThat(Disk.children(store)).containsExactly(store.resolve("mine"));
        assertFails(Kind.CORRUPT, () -> PROVIDER.open(store, WriteMode.SYNC));
    }
}
