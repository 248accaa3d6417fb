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
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;

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
    void aLostLogIsNoticed() throws IOException {
        crash(WriteMode.SYNC, false);
        for (Path log : logs()) {
            Files.delete(log);
        }
        assertFails(Kind.CORRUPT, () -> PROVIDER.open(crashed, WriteMode.SYNC));
        assertFails(Kind.CORRUPT, () -> PROVIDER.open(crashed, WriteMode.SYNC));
    }

    @Test
    void aShortenedLogIsNoticed() throws IOException {
        crash(WriteMode.SYNC, false);
        for (Path log : logs()) {
            Folders.truncate(log, Files.size(log) / 2);
        }
        assertFails(Kind.CORRUPT, () -> PROVIDER.open(crashed, WriteMode.SYNC));
        assertFails(Kind.CORRUPT, () -> PROVIDER.open(crashed, WriteMode.SYNC));
    }

    @Test
    void aLogSyncedInBufferedModeIsNoticedWhenShortened() throws IOException {
        crash(WriteMode.BUFFERED, true);
        for (Path log : logs()) {
            Folders.truncate(log, Files.size(log) / 2);
        }
        assertFails(Kind.CORRUPT, () -> PROVIDER.open(crashed, WriteMode.BUFFERED));
    }

    /** A flush that ends after later commits leaves their sequence numbers in the manifest, logged or not. */
    @Test
    void aLostLogIsNoticedEvenIfRocksDbHasCountedItsWritesElsewhere() throws Exception {
        SharedMemory memory = new SharedMemory(RocksOptions.DEFAULT);
        SharedMemory.Native natives = memory.acquire();
        Files.createDirectories(running);
        StoreFolder folder = new StoreFolder(running);
        Generation generation =
                new Generation(folder.begin(StoreFolder.CREATING), WriteMode.SYNC, natives, RocksOptions.DEFAULT);
        generation.create();
        folder.publish(StoreFolder.FIRST);
        Writer writer = new Writer(generation, new RecordEpochs(memory.records()));
        int commits = commitDuringFlush(writer);
        Folders.copy(running, crashed);
        writer.close();
        memory.release();

        List<Path> logs = logs();
        Files.delete(logs.get(logs.size() - 1));
        assertThat(commits).isPositive();
        assertFails(Kind.CORRUPT, () -> PROVIDER.open(crashed, WriteMode.SYNC));
    }

    /** A flush may be over before the next commit, so there are as many as it takes. */
    private static int commitDuringFlush(Writer writer) throws RocksDBException {
        int commits = 0;
        for (int round = 0; commits == 0 && round < 50; round++) {
            for (int i = 0; i < 30; i++) {
                writer.commit(Filling.batch(i, 1 << 20));
            }
            commits = commitUntilFlushed(writer);
        }
        return commits;
    }

    private static int commitUntilFlushed(Writer writer) throws RocksDBException {
        RocksDatabase database = writer.database();
        try (FlushOptions options = new FlushOptions().setWaitForFlush(false)) {
            database.db().flush(options, database.handle(Family.EVENTS));
        }
        int commits = 0;
        while (!"0".equals(database.db().getProperty(database.handle(Family.EVENTS), "rocksdb.num-running-flushes"))) {
            writer.commit(Filling.batch(30 + commits++, 10));
        }
        return commits;
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

    private List<Path> logs() throws IOException {
        List<Path> logs = Folders.files(crashed, file -> file.toString().endsWith(".log"));
        assertThat(logs).isNotEmpty();
        return logs;
    }

    private static List<String> contentsOf(Path folder) {
        try (Storage storage = PROVIDER.open(folder, WriteMode.SYNC)) {
            return Filling.contents(storage);
        }
    }
}
