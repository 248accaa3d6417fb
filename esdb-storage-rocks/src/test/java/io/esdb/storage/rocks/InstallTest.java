package io.esdb.storage.rocks;

import static io.esdb.storage.rocks.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.spi.ReadView;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageException;
import io.esdb.spi.StorageException.Kind;
import io.esdb.spi.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Content that is replaced by an image: what is left in the folder, and what happens when the replacing fails. */
class InstallTest {
    private static final RocksStorageProvider PROVIDER = new RocksStorageProvider();
    private static final int OLD_COMMITS = 50;
    private static final int NEW_COMMITS = 20;

    @TempDir
    Path temp;

    private Path store;
    private Path image;
    private List<String> installed;

    @BeforeEach
    void makeImage() {
        store = temp.resolve("store");
        image = temp.resolve("image");
        try (Storage source = PROVIDER.open(temp.resolve("source"), WriteMode.UNLOGGED)) {
            Filling.commits(source, 0, NEW_COMMITS, 200);
            source.image(image);
            installed = Filling.contents(source);
        }
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void nothingButTheLiveGenerationIsLeft(WriteMode mode) throws IOException {
        try (Storage storage = open(mode)) {
            storage.install(image);
            assertThat(generations()).containsExactly("gen-2");
            Filling.commits(storage, NEW_COMMITS, 60, 200);
            storage.install(image);

            assertThat(generations()).containsExactly("gen-3");
            assertThat(Filling.contents(storage)).isEqualTo(installed);
            assertThat(storage.verify()).isEmpty();
        }
        assertThat(names(store)).containsExactly(StoreFolder.CURRENT, "gen-3", FolderLock.NAME);
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void aCrashAfterAnInstallLeavesIt(WriteMode mode) throws IOException {
        Path crashed = temp.resolve("crashed");
        try (Storage storage = open(mode)) {
            storage.install(image);
            Folders.copy(store, crashed);
        }
        try (Storage storage = PROVIDER.open(crashed, mode)) {
            assertThat(Filling.contents(storage)).isEqualTo(installed);
            assertThat(storage.verify()).isEmpty();
        }
    }

    /** There are more commits before than after, so a mark that was not replaced would call this a loss. */
    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void whatWasSyncedAfterAnInstallIsGuarded(WriteMode mode) throws IOException {
        Path crashed = temp.resolve("crashed");
        Path early = temp.resolve("early");
        try (Storage storage = open(mode)) {
            storage.install(image);
            Folders.copy(store, early);
            Filling.commits(storage, NEW_COMMITS, NEW_COMMITS + 5, 200);
            storage.sync();
            Folders.copy(store, crashed);
            installed = Filling.contents(storage);
        }
        try (Storage storage = PROVIDER.open(crashed, mode)) {
            assertThat(Filling.contents(storage)).isEqualTo(installed);
        }
        Path mark = Path.of("gen-2", StoreFolder.MARK);
        Files.delete(early.resolve(mark));
        Files.copy(store.resolve(mark), early.resolve(mark));
        assertFails(Kind.CORRUPT, () -> PROVIDER.open(early, mode));
    }

    @Test
    void anImageThatIsDamagedChangesNothing() throws IOException {
        for (Path table : Folders.files(image, file -> file.toString().endsWith(".sst"))) {
            Files.delete(table);
        }
        assertRefused(Kind.CORRUPT);
    }

    @Test
    void anImageThatLacksItsMarkChangesNothing() throws IOException {
        Files.delete(image.resolve(StoreFolder.FIRST).resolve(StoreFolder.MARK));
        assertRefused(Kind.CORRUPT);
    }

    @Test
    void aSwitchThatDidNotHappenStopsNothing() throws IOException {
        try (Storage storage = open(WriteMode.SYNC)) {
            List<String> old = Filling.contents(storage);
            Files.createDirectory(store.resolve("current.new"));

            assertFails(Kind.IO, () -> storage.install(image));

            assertThat(Filling.contents(storage)).isEqualTo(old);
            Filling.commits(storage, OLD_COMMITS, OLD_COMMITS + 1, 200);
            assertThat(storage.verify()).isEmpty();
            assertThat(generations()).containsExactly("gen-1");
        }
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void aSwitchInDoubtStopsCommitsUntilItIsSettled(WriteMode mode) throws Exception {
        Path obstacle = store.resolve("incomplete");
        List<String> kept;
        try (Storage storage = open(mode)) {
            List<String> old = Filling.contents(storage);
            assertThat(installOnto(storage, obstacle)).isEqualTo(Kind.IO);

            assertFails(Kind.UNAVAILABLE, () -> Filling.commits(storage, OLD_COMMITS, OLD_COMMITS + 1, 200));
            assertThat(Filling.contents(storage)).isEqualTo(old);
            assertThat(generations()).as("what a crash may leave").containsExactly("gen-1", "gen-2");
            assertFails(Kind.IO, storage::recover);
            assertFails(Kind.IO, () -> storage.install(image));

            Disk.deleteTree(obstacle);
            storage.recover();
            Filling.commits(storage, OLD_COMMITS, OLD_COMMITS + 1, 200);
            kept = Filling.contents(storage);
            assertThat(kept).hasSizeGreaterThan(old.size());
            assertThat(generations()).containsExactly("gen-1");
        }
        try (Storage storage = PROVIDER.open(store, mode)) {
            assertThat(Filling.contents(storage)).isEqualTo(kept);
        }
    }

    @Test
    void anInstallSettlesADoubtAsWell() throws Exception {
        Path obstacle = store.resolve("incomplete");
        Path crashed = temp.resolve("crashed");
        try (Storage storage = open(WriteMode.BUFFERED)) {
            List<String> old = Filling.contents(storage);
            assertThat(installOnto(storage, obstacle)).isEqualTo(Kind.IO);
            Disk.deleteTree(obstacle);
            new StoreFolder(store).publish("gen-2"); // as it may be on disk, for all that is known

            assertFails(Kind.CORRUPT, () -> storage.install(temp.resolve("nowhere")));
            Folders.copy(store, crashed);
            try (Storage opened = PROVIDER.open(crashed, WriteMode.BUFFERED)) {
                assertThat(Filling.contents(opened)).isEqualTo(old);
            }
            storage.install(image);

            assertThat(Filling.contents(storage)).isEqualTo(installed);
            Filling.commits(storage, NEW_COMMITS, NEW_COMMITS + 1, 200);
            assertThat(generations()).containsExactly("gen-2");
        }
    }

    @Test
    void aCloseMeanwhileWaitsOrEndsTheInstall() throws Exception {
        ExecutorService others = Executors.newFixedThreadPool(2);
        Storage storage = open(WriteMode.UNLOGGED);
        List<String> old = Filling.contents(storage);
        ReadView view = storage.view();
        Future<Kind> install = others.submit(() -> kindOfInstall(storage));
        Awaitility.await().until(() -> generations().contains("gen-2"));
        Future<?> close = others.submit(storage::close);
        view.close();
        close.get(60, TimeUnit.SECONDS);
        Kind refused = install.get(60, TimeUnit.SECONDS);
        others.shutdown();

        assertThat(refused).isIn(null, Kind.CLOSED);
        try (Storage again = PROVIDER.open(store, WriteMode.UNLOGGED)) {
            assertThat(Filling.contents(again)).isEqualTo(refused == null ? installed : old);
            assertThat(generations()).hasSize(1);
        }
    }

    private Storage open(WriteMode mode) {
        Storage storage = PROVIDER.open(store, mode);
        Filling.commits(storage, 0, OLD_COMMITS, 200);
        return storage;
    }

    private void assertRefused(Kind kind) throws IOException {
        try (Storage storage = open(WriteMode.UNLOGGED)) {
            List<String> old = Filling.contents(storage);
            assertFails(kind, () -> storage.install(image));

            assertThat(Filling.contents(storage)).isEqualTo(old);
            assertThat(generations()).containsExactly("gen-1");
            Filling.commits(storage, OLD_COMMITS, OLD_COMMITS + 1, 200);
        }
    }

    /** Puts something into the way of an install between its beginning and its end: after the name was replaced. */
    private Kind installOnto(Storage storage, Path obstacle) throws Exception {
        ExecutorService installer = Executors.newSingleThreadExecutor();
        try {
            Future<Kind> install;
            try (ReadView view = storage.view()) {
                assertThat(view.event(0)).isNotNull();
                install = installer.submit(() -> kindOfInstall(storage));
                Awaitility.await().until(() -> generations().contains("gen-2"));
                Files.createDirectories(obstacle.resolve("full"));
            }
            return install.get(60, TimeUnit.SECONDS);
        } finally {
            installer.shutdown();
        }
    }

    private Kind kindOfInstall(Storage storage) {
        try {
            storage.install(image);
            return null;
        } catch (StorageException e) {
            return e.kind();
        }
    }

    private List<String> generations() throws IOException {
        return names(store).stream().filter(name -> name.startsWith("gen-")).toList();
    }

    private static List<String> names(Path folder) throws IOException {
        return Disk.children(folder).stream()
                .map(child -> child.getFileName().toString())
                .toList();
    }
}
