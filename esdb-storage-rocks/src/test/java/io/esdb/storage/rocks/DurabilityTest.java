package io.esdb.storage.rocks;

import static io.esdb.storage.rocks.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.spi.Storage;
import io.esdb.spi.StorageException.Kind;
import io.esdb.spi.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each write mode promises after a crash, played by copying the files of a running storage. */
class DurabilityTest {
    private static final RocksStorageProvider PROVIDER = new RocksStorageProvider();

    @TempDir
    Path temp;

    private Path running;
    private Path crashed;

    @BeforeEach
    void name() {
        running = temp.resolve("running");
        crashed = temp.resolve("crashed");
    }

    @Test
    void aSyncedCommitOutlivesACrash() throws IOException {
        assertThat(contentsAfterCrash(WriteMode.SYNC, false)).isEqualTo(contentsOf(running));
    }

    @Test
    void aBufferedCommitOutlivesTheProcess() throws IOException {
        assertThat(contentsAfterCrash(WriteMode.BUFFERED, false)).isEqualTo(contentsOf(running));
    }

    @Test
    void anUnloggedStorageIsAtAnEarlierCommitAfterACrash() throws IOException {
        List<String> left = contentsAfterCrash(WriteMode.UNLOGGED, false);
        assertThat(left).isEmpty();
        assertThat(contentsOf(running)).isNotEmpty(); // closing takes everything to disk
    }

    @Test
    void anUnloggedStorageKeepsWhatWasSynced() throws IOException {
        assertThat(contentsAfterCrash(WriteMode.UNLOGGED, true)).isEqualTo(contentsOf(running));
    }

    @Test
    void anUnloggedStorageThatLostWhatWasSyncedIsCorrupt() throws IOException {
        try (Storage storage = PROVIDER.open(running, WriteMode.UNLOGGED)) {
            Filling.commits(storage, 0, 10, 100);
            Folders.copy(running, crashed);
            storage.sync();
            Path mark = Path.of(StoreFolder.FIRST, StoreFolder.MARK);
            Files.delete(crashed.resolve(mark));
            Files.copy(running.resolve(mark), crashed.resolve(mark));
        }
        assertFails(Kind.CORRUPT, () -> PROVIDER.open(crashed, WriteMode.UNLOGGED));
    }

    @Test
    void aStorageMayChangeItsModeWhenItIsOpened() {
        int commits = 0;
        for (WriteMode mode :
                List.of(WriteMode.SYNC, WriteMode.UNLOGGED, WriteMode.BUFFERED, WriteMode.UNLOGGED, WriteMode.SYNC)) {
            try (Storage storage = PROVIDER.open(running, mode)) {
                Filling.commits(storage, commits, commits + 10, 100);
                commits += 10;
            }
        }
        assertThat(contentsOf(running))
                .filteredOn(entry -> entry.startsWith("events"))
                .hasSize(commits);
    }

    @Test
    void aLostJournalIsNoticed() throws IOException {
        crash(WriteMode.SYNC, false);
        for (Path file : journal()) {
            Files.delete(file);
        }
        assertFails(Kind.CORRUPT, () -> PROVIDER.open(crashed, WriteMode.SYNC));
        assertFails(Kind.CORRUPT, () -> PROVIDER.open(crashed, WriteMode.SYNC));
    }

    @Test
    void aShortenedJournalIsNoticed() throws IOException {
        crash(WriteMode.SYNC, false);
        for (Path file : journal()) {
            Folders.truncate(file, Files.size(file) / 20);
        }
        assertFails(Kind.CORRUPT, () -> PROVIDER.open(crashed, WriteMode.SYNC));
        assertFails(Kind.CORRUPT, () -> PROVIDER.open(crashed, WriteMode.SYNC));
    }

    @Test
    void aJournalSyncedInBufferedModeIsNoticedWhenShortened() throws IOException {
        crash(WriteMode.BUFFERED, true);
        for (Path file : journal()) {
            Folders.truncate(file, Files.size(file) / 20);
        }
        assertFails(Kind.CORRUPT, () -> PROVIDER.open(crashed, WriteMode.BUFFERED));
    }

    private List<String> contentsAfterCrash(WriteMode mode, boolean sync) throws IOException {
        crash(mode, sync);
        return contentsOf(crashed);
    }

    private void crash(WriteMode mode, boolean sync) throws IOException {
        try (Storage storage = PROVIDER.open(running, mode)) {
            Filling.commits(storage, 0, 100, 100);
            if (sync) {
                storage.sync();
            }
            Folders.copy(running, crashed);
        }
    }

    private List<Path> journal() throws IOException {
        List<Path> journal = Journal.files(crashed.resolve(StoreFolder.FIRST));
        assertThat(journal).isNotEmpty();
        return journal;
    }

    private static List<String> contentsOf(Path folder) {
        try (Storage storage = PROVIDER.open(folder, WriteMode.SYNC)) {
            return Filling.contents(storage);
        }
    }
}
