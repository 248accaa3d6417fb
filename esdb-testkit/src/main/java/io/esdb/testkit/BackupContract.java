package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.BackupInfo;
import io.esdb.EventStore;
import io.esdb.InvalidInput;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.RecordedEvent;
import io.esdb.StoreAlreadyExists;
import io.esdb.StoreStatistics;
import io.esdb.StreamLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a store promises of backups and their return. */
abstract class BackupContract extends EventStoreFixture {

    @Test
    void aRestoredStoreEqualsTheOneBackedUp() {
        fill();
        StoreStatistics then = store.statistics();
        List<RecordedEvent> events = all();
        BackupInfo backup = store.backup(temp.resolve("backup"));
        append("later", 3);

        BackupInfo restored = stores.restore(temp.resolve("backup"), "restored");

        assertThat(backup)
                .isEqualTo(new BackupInfo(
                        temp.resolve("backup"),
                        then.id(),
                        then.lastPosition(),
                        then.appliedIndex(),
                        then.stateDigest()));
        assertThat(restored).usingRecursiveComparison().ignoringFields("folder").isEqualTo(backup);
        EventStore copy = stores.open("restored");
        assertThat(copy.read(LogRead.forward()).events()).isEqualTo(events);
        assertSameFigures(copy, then);
        assertThat(copy.verify().problems()).isEmpty();
        for (String stream : List.of("a", "b", "c", "d", "later")) {
            assertThat(copy.stream(stream))
                    .isEqualTo(stream.equals("later") ? copy.stream("no") : store.stream(stream));
        }
    }

    @Test
    void aRestoredStoreGoesOnByItself() {
        fill();
        store.backup(temp.resolve("backup"));
        stores.restore(temp.resolve("backup"), "restored");
        EventStore copy = stores.open("restored");
        long last = lastPosition();

        assertThat(copy.append("a", EXISTS, event("Copy")).firstPosition()).isEqualTo(last + 1);

        assertThat(lastPosition()).isEqualTo(last);
        append("b", 1);
        assertThat(copy.read(LogRead.backward()).events().get(0).type()).isEqualTo("Copy");
        stores.restore(temp.resolve("backup"), "again");
        assertThat(stores.open("again").statistics().lastPosition()).isEqualTo(last);
    }

    @Test
    void anEmptyStoreCanBeBackedUp() throws IOException {
        Path empty = Files.createDirectory(temp.resolve("empty"));

        assertThat(store.backup(empty).lastPosition()).isEqualTo(-1);

        stores.restore(empty, "restored");
        assertThat(stores.open("restored").read(LogRead.forward()).events()).isEmpty();
    }

    @Test
    void aBackupWhileTheStoreIsInUseHoldsAPrefix() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                append("busy", 2);
            }
        });
        BackupInfo backup;
        try {
            append("busy", 2);
            backup = store.backup(temp.resolve("backup"));
        } finally {
            done.set(true);
            load.get();
        }
        stores.restore(temp.resolve("backup"), "restored");

        EventStore copy = stores.open("restored");
        List<RecordedEvent> copied = Pages.stream(copy, LogRead.forward()).toList();
        assertThat(copied).hasSize((int) backup.lastPosition() + 1);
        assertThat(Pages.stream(store, LogRead.forward()).limit(copied.size()).toList())
                .isEqualTo(copied);
        assertThat(copy.statistics().stateDigest()).isEqualTo(backup.stateDigest());
    }

    @Test
    void aFolderThatHoldsAnythingIsRefused() throws IOException {
        append("a", 1);
        Path full = Files.createDirectory(temp.resolve("full"));
        Files.writeString(full.resolve("mine.txt"), "mine");
        store.backup(temp.resolve("backup"));

        for (Path folder : List.of(full, temp.resolve("backup"))) {
            assertThat(failure(InvalidInput.class, () -> store.backup(folder)).field())
                    .isEqualTo("folder");
        }
        assertThat(full.resolve("mine.txt")).hasContent("mine");
        stores.restore(temp.resolve("backup"), "restored");
    }

    @Test
    void anEmptyFolderTakesABackupAsItIs() throws IOException {
        append("a", 1);
        Path empty = Files.createDirectory(temp.resolve("empty"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), empty);

        assertThat(store.backup(link).lastPosition()).isZero();

        assertThat(link).isSymbolicLink();
        assertThat(stores.restore(link, "restored").lastPosition()).isZero();
    }

    @Test
    void whatIsNoFolderIsRefused() throws IOException {
        append("a", 1);
        Path file = Files.writeString(temp.resolve("file"), "mine");
        Path dangling = Files.createSymbolicLink(temp.resolve("dangling"), temp.resolve("nowhere"));

        for (Path folder : List.of(file, dangling)) {
            assertThat(failure(InvalidInput.class, () -> store.backup(folder)).field())
                    .isEqualTo("folder");
        }
        assertThat(file).hasContent("mine");
        append("a", 1);
    }

    @Test
    void onlyABackupIsRestoredAndOnlyToANewName() throws IOException {
        Path empty = Files.createDirectory(temp.resolve("empty"));
        store.backup(temp.resolve("backup"));

        assertThat(failure(StoreAlreadyExists.class, () -> stores.restore(temp.resolve("backup"), "contract"))
                        .store())
                .isEqualTo("contract");
        for (Path folder : Arrays.asList(empty, temp.resolve("nowhere"), null)) {
            assertThat(failure(InvalidInput.class, () -> stores.restore(folder, "restored"))
                            .field())
                    .isEqualTo("backup");
        }
        assertThat(stores.names()).containsExactly("contract");
    }

    private void fill() {
        append("a", 5);
        append("b", 5);
        append("c", 5);
        append("d", 5);
        store.delete("a", ANY);
        append("a", 1);
        store.trim("b", 2);
        store.limit("c", StreamLimits.none().withMaxCount(3));
        store.tombstone("d", ANY);
    }
}
