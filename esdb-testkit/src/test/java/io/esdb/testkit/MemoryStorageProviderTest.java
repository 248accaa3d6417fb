package io.esdb.testkit;

import static io.esdb.testkit.StorageFixture.assertFails;
import static io.esdb.testkit.StorageFixture.commitTo;
import static io.esdb.testkit.StorageFixture.contents;
import static io.esdb.testkit.StorageFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.Direction;
import io.esdb.spi.Branch;
import io.esdb.spi.Cursor;
import io.esdb.spi.MemoryStorageProvider;
import io.esdb.spi.ReadView;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageException.Kind;
import io.esdb.spi.WriteMode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the storage in memory promises beyond the contract. */
class MemoryStorageProviderTest {
    private final MemoryStorageProvider provider = new MemoryStorageProvider();
    private final Path folder = Path.of("stores", "one");

    @ParameterizedTest
    @EnumSource(
            value = WriteMode.class,
            names = {"BUFFERED", "UNLOGGED"})
    void aCrashLosesWhatWasNotSynced(WriteMode mode) {
        Storage storage = provider.open(folder, mode);
        write(storage, "a", "synced");
        write(storage, "b", "synced");
        storage.sync();
        List<String> synced = contents(storage);
        write(storage, "a", "lost");
        commitTo(storage, batch -> batch.delete(Branch.META, utf8("b")));
        write(storage, "c", "lost");
        commitTo(storage, batch -> batch.event(1, utf8("lost")));

        provider.crash(folder);

        assertFails(Kind.CLOSED, storage::view);
        try (Storage again = provider.open(folder, mode)) {
            assertThat(contents(again)).isEqualTo(synced);
            write(again, "c", "new");
        }
        try (Storage again = provider.open(folder, mode)) {
            assertThat(contents(again)).hasSize(synced.size() + 1);
        }
    }

    @Test
    void aCrashLosesNothingThatWasSyncedByTheCommit() {
        Storage storage = provider.open(folder, WriteMode.SYNC);
        write(storage, "a", "kept");
        List<String> before = contents(storage);

        provider.crash(folder);

        try (Storage again = provider.open(folder, WriteMode.SYNC)) {
            assertThat(contents(again)).isEqualTo(before);
        }
    }

    @Test
    void aCrashMeansAllFoldersBelowAndNoOther() {
        Storage one = provider.open(folder, WriteMode.UNLOGGED);
        try (Storage other = provider.open(Path.of("store"), WriteMode.UNLOGGED)) {
            write(one, "a", "lost");
            write(other, "a", "kept");

            provider.crash(Path.of("stores"));
            provider.crash(Path.of("nowhere"));

            assertFails(Kind.CLOSED, one::view);
            assertThat(contents(other)).contains("61=kept");
        }
    }

    @Test
    void viewsEndWithACrash() {
        Storage storage = provider.open(folder, WriteMode.UNLOGGED);
        ReadView view = storage.view();

        provider.crash(folder);

        assertFails(Kind.CLOSED, () -> view.event(0));
        view.close();
        storage.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"FULL", "IO", "CORRUPT"})
    void aFaultRefusesCommitsUntilItIsHealedAndRecovered(Kind kind) {
        try (Storage storage = provider.open(folder, WriteMode.SYNC)) {
            write(storage, "a", "before");
            List<String> before = contents(storage);
            provider.failCommits(Path.of("stores"), kind);

            assertFails(kind, () -> write(storage, "a", "refused"));
            assertFails(Kind.UNAVAILABLE, () -> write(storage, "a", "refused"));
            assertFails(Kind.UNAVAILABLE, storage::sync);
            assertFails(kind, storage::recover);
            provider.heal(Path.of("stores"));
            assertFails(Kind.UNAVAILABLE, () -> write(storage, "a", "refused"));
            assertThat(contents(storage)).as("reads go on").isEqualTo(before);
            storage.recover();

            assertThat(contents(storage)).isEqualTo(before);
            write(storage, "a", "after");
            assertThat(contents(storage)).contains("61=after");
        }
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void anInstallIsSynced(WriteMode mode) {
        Path image = imageWith("new");
        Storage storage = provider.open(folder, mode);
        write(storage, "old", "old");
        storage.sync();
        storage.install(image);
        List<String> installed = contents(storage);

        provider.crash(folder);

        try (Storage again = provider.open(folder, mode)) {
            assertThat(contents(again)).isEqualTo(installed).contains("61=new");
        }
    }

    @Test
    void anInstallEndsWhatAFailedCommitBegan() {
        Path image = imageWith("new");
        try (Storage storage = provider.open(folder, WriteMode.SYNC)) {
            write(storage, "a", "old");
            List<String> old = contents(storage);
            provider.failCommits(folder, Kind.FULL);
            assertFails(Kind.FULL, () -> write(storage, "a", "refused"));
            assertFails(Kind.FULL, () -> storage.install(image));
            assertThat(contents(storage)).isEqualTo(old);
            provider.heal(folder);
            assertFails(Kind.UNAVAILABLE, () -> write(storage, "a", "refused"));

            storage.install(image);

            assertThat(contents(storage)).contains("61=new");
            write(storage, "a", "after");
            assertThat(contents(storage)).contains("61=after");
        }
    }

    @Test
    void viewsFromBeforeAnInstallEndWithTheStorage() {
        Path image = imageWith("new");
        Storage storage = provider.open(folder, WriteMode.SYNC);
        write(storage, "a", "old");
        ReadView before = storage.view();
        storage.install(image);
        assertThat(before.get(Branch.META, utf8("a"))).isEqualTo(utf8("old"));

        storage.close();

        assertFails(Kind.CLOSED, () -> before.get(Branch.META, utf8("a")));
        before.close();
    }

    @Test
    void aFaultInAnotherFolderDoesNotMatter() {
        try (Storage storage = provider.open(folder, WriteMode.SYNC)) {
            provider.failCommits(Path.of("stores", "two"), Kind.FULL);
            provider.failCommits(folder.resolve("below"), Kind.FULL);

            write(storage, "a", "fine");
            storage.recover();
        }
    }

    @Test
    void aRecoverWithoutAFailedCommitIsFineThoughTheDiskFails() {
        try (Storage storage = provider.open(folder, WriteMode.BUFFERED)) {
            provider.failCommits(folder, Kind.IO);
            storage.recover();

            assertFails(Kind.IO, storage::sync);
            assertFails(Kind.UNAVAILABLE, storage::sync);
        }
    }

    @Test
    void namesAreThoseDirectlyBelow() {
        for (String name : List.of("stores/b", "stores/a", "stores/c/deep", "other", "stores/./x/../d")) {
            provider.open(Path.of(name), WriteMode.SYNC).close();
        }

        assertThat(provider.names(Path.of("stores"))).containsExactly("a", "b", "d");
        assertThat(provider.names(Path.of("nowhere"))).isEmpty();
    }

    @Test
    void anImageNeedsANewFolderAndARestoreAnImage() {
        try (Storage storage = provider.open(folder, WriteMode.SYNC)) {
            storage.image(Path.of("image"));
            assertFails(Kind.IO, () -> storage.image(Path.of("image")));
            assertFails(Kind.IO, () -> provider.restore(Path.of("nowhere"), Path.of("copy")));
            assertFails(Kind.IO, () -> provider.restore(Path.of("image"), folder));
            assertFails(Kind.LOCKED, () -> provider.restore(folder, Path.of("copy")));
        }
    }

    @Test
    void misuseOfScansIsTold() {
        try (Storage storage = provider.open(folder, WriteMode.SYNC);
                ReadView view = storage.view()) {
            assertThatThrownBy(() -> view.scan(Branch.INDEX, new byte[3], null, Direction.FORWARD))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> view.scan(Branch.META, utf8("a"), utf8("b"), Direction.FORWARD))
                    .isInstanceOf(IllegalArgumentException.class);
            Cursor cursor = view.scan(Branch.META, utf8("a"), null, Direction.FORWARD);
            assertThatThrownBy(cursor::key).isInstanceOf(IllegalStateException.class);
            cursor.close();
            assertFails(Kind.CLOSED, cursor::next);
        }
    }

    @Test
    void whatCallersDoToTheirArraysDoesNotReachTheStorage() {
        try (Storage storage = provider.open(folder, WriteMode.SYNC)) {
            byte[] key = utf8("a");
            byte[] value = utf8("value");
            commitTo(storage, batch -> batch.put(Branch.META, key, value));
            key[0] = 'z';
            value[0] = 'z';
            try (ReadView view = storage.view()) {
                view.get(Branch.META, utf8("a"))[0] = 'z';
                assertThat(view.get(Branch.META, utf8("a"))).isEqualTo(utf8("value"));
            }
        }
    }

    private Path imageWith(String value) {
        Path image = Path.of("images", value);
        try (Storage source = provider.open(Path.of("source"), WriteMode.SYNC)) {
            write(source, "a", value);
            source.image(image);
        }
        return image;
    }

    private static void write(Storage storage, String key, String value) {
        commitTo(storage, batch -> batch.put(Branch.META, utf8(key), utf8(value)));
    }
}
