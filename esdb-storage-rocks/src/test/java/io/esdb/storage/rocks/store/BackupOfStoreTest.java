package io.esdb.storage.rocks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.esdb.BackupInfo;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.InvalidInput;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.RecordedEvent;
import io.esdb.StoreCorrupt;
import io.esdb.StoreStatistics;
import io.esdb.host.EventStores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a store that is in use, and of damaged ones. */
class BackupOfStoreTest {
    private static final Setup SETUP = Setup.INTERVAL_SMALL_BUFFERS;
    private static final int MOST_APPENDS = 1_500;
    private static final int WRITERS = 4;

    @TempDir
    Path temp;

    private EventStores stores;
    private EventStore store;

    @BeforeEach
    void open() {
        stores = SETUP.open(temp.resolve("stores"));
        store = SETUP.openStore(stores);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void backupsUnderLoadHoldExactlyWhatTheySay() {
        AtomicBoolean done = new AtomicBoolean();
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            String stream = "writer-" + i;
            writers.add(CompletableFuture.runAsync(() -> write(stream, done)));
        }
        List<BackupInfo> backups = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                long before = store.statistics().lastPosition();
                BackupInfo backup = store.backup(temp.resolve("backup-" + i));
                assertThat(backup.lastPosition())
                        .isBetween(before, store.statistics().lastPosition());
                backups.add(backup);
            }
        } finally {
            done.set(true);
            writers.forEach(CompletableFuture::join);
        }
        List<RecordedEvent> log = Pages.stream(store, LogRead.forward()).toList();
        for (int i = 0; i < backups.size(); i++) {
            checkRestored(backups.get(i), "restored-" + i, log);
        }
    }

    private void write(String stream, AtomicBoolean done) {
        Random random = new Random(stream.hashCode());
        for (int i = 0; i < MOST_APPENDS && !done.get(); i++) {
            byte[] data = new byte[random.nextInt(1_000)];
            random.nextBytes(data);
            store.append(
                    stream,
                    ExpectedRevision.any(),
                    EventData.bytes("First", data),
                    EventData.bytes("Second", data).withTags("second"));
        }
    }

    private void checkRestored(BackupInfo backup, String name, List<RecordedEvent> log) {
        BackupInfo restored = stores.restore(backup.folder(), name);
        assertThat(restored).usingRecursiveComparison().ignoringFields("folder").isEqualTo(backup);
        EventStore copy = stores.open(name);
        StoreStatistics figures = copy.statistics();
        assertThat(figures.lastPosition()).isEqualTo(backup.lastPosition());
        assertThat(figures.stateDigest()).isEqualTo(backup.stateDigest());
        List<RecordedEvent> found = Pages.stream(copy, LogRead.forward()).toList();
        assertThat(found.equals(log.subList(0, (int) backup.lastPosition() + 1)))
                .isTrue();
    }

    @Test
    void aBackupDoesNotGoIntoTheFolderOfTheStoreByWhateverName() throws Exception {
        Path root = temp.resolve("stores");
        Path own = root.resolve(store.name());
        Path round = Files.createSymbolicLink(temp.resolve("round"), root);

        for (Path folder : List.of(
                own,
                own.resolve("backup"),
                own.resolve("gen-1/backup/of/it"),
                round.resolve(store.name()).resolve("backup"),
                temp.resolve("other/../stores").resolve(store.name()).resolve("backup"))) {
            assertThatThrownBy(() -> store.backup(folder))
                    .isInstanceOfSatisfying(
                            InvalidInput.class,
                            refused -> assertThat(refused.field()).isEqualTo("folder"));
        }
        store.backup(root.resolve(store.name() + "-backup"));
    }

    @Test
    void aDamagedBackupIsRefusedOrRestoredRight() throws Exception {
        KnownContent.fill(store);
        List<RecordedEvent> log = Pages.stream(store, LogRead.forward()).toList();
        BackupInfo backup = store.backup(temp.resolve("backup"));
        long seed = Long.getLong("esdb.seed", new Random().nextLong());
        Random random = new Random(seed);
        int refused = 0;
        for (Path file : someFiles(backup.folder(), random)) {
            for (Damage damage : Damage.choice(Files.size(file), random, 1)) {
                Path copy = temp.resolve("damaged");
                Folders.copy(backup.folder(), copy);
                damage.to(copy.resolve(backup.folder().relativize(file).toString()));
                String what = file.getFileName() + " " + damage + " -Desdb.seed=" + seed;
                refused += restoreDamaged(copy, backup, log, what) ? 0 : 1;
                Folders.delete(copy);
            }
        }
        assertThat(refused).isPositive();
        checkRestored(backup, "damaged", log);
    }

    /** Whether it was restored, which has to be right then. */
    private boolean restoreDamaged(Path damaged, BackupInfo backup, List<RecordedEvent> log, String what) {
        Throwable failure = catchThrowable(() -> stores.restore(damaged, "damaged"));
        if (failure != null) {
            assertThat(failure).as(what).isInstanceOf(StoreCorrupt.class);
            assertThat(stores.exists("damaged"))
                    .as("left after a refusal of " + what)
                    .isFalse();
            return false;
        }
        EventStore copy = stores.open("damaged");
        assertThat(copy.statistics().stateDigest()).as(what).isEqualTo(backup.stateDigest());
        assertThat(Pages.stream(copy, LogRead.forward()).toList().equals(log))
                .as(what)
                .isTrue();
        stores.drop("damaged");
        return true;
    }

    /** All that are one of their kind, and some table files. */
    private static List<Path> someFiles(Path folder, Random random) throws Exception {
        List<Path> files = new ArrayList<>(Folders.files(folder));
        List<Path> tables = new ArrayList<>(files);
        tables.removeIf(file -> !file.toString().endsWith(".sst"));
        files.removeAll(tables);
        for (int i = 0; i < 3; i++) {
            files.add(tables.remove(random.nextInt(tables.size())));
        }
        return files;
    }
}
