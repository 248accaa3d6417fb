package io.esdb.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.spi.ReadView;
import io.esdb.spi.Storage;
import io.esdb.spi.WriteMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Between any two steps of an install, what views see and what a crash leaves, played by copying the files: the old
 * content or the new one.
 */
class InstallStepsTest {
    private static final RocksStorageProvider PROVIDER = new RocksStorageProvider();
    private static final int OLD_BYTES = 200;
    private static final int NEW_BYTES = 300;

    @TempDir
    Path temp;

    private final SharedMemory memory = new SharedMemory(RocksOptions.DEFAULT);
    private final Leases leases = new Leases(Duration.ofSeconds(1));
    private Path running;
    private Path image;
    private Writer live;
    private Installation installation;
    private List<String> old;
    private List<String> installed;

    @BeforeEach
    void open() throws IOException {
        image = temp.resolve("image");
        installed = fill(temp.resolve("source"), 20, NEW_BYTES, image);
        running = temp.resolve("running");
        old = fill(running, 50, OLD_BYTES, temp.resolve("image of old"));
        StoreFolder folder = new StoreFolder(running);
        Generation generation =
                new Generation(folder.live(), WriteMode.UNLOGGED, memory.acquire(), RocksOptions.DEFAULT);
        live = new Writer(generation, new RecordEpochs(memory.records()));
        installation = new Installation(folder, memory.records(), leases, Duration.ofSeconds(1));
        leases.acquire();
    }

    @AfterEach
    void close() {
        leases.release();
        live.close();
        memory.release();
    }

    @Test
    void aCrashWhileTheGenerationIsMadeLeavesTheOldContent() throws IOException {
        Writer next = installation.prepare(live, image);
        List<Path> files = Folders.files(next.generation().folder(), file -> true);
        assertThat(files).hasSizeGreaterThan(5);
        for (int left = 0; left <= files.size(); left++) {
            Path crashed = temp.resolve("crashed-" + left);
            Folders.copy(running, crashed);
            for (Path file : files.subList(left, files.size())) {
                Files.delete(crashed.resolve(running.relativize(file)));
            }
            assertLeft(crashed, old);
        }
        next.discard();
    }

    @Test
    void aCrashWhileTheNameIsReplacedLeavesTheOldContent() throws IOException {
        Writer next = installation.prepare(live, image);
        for (String written : List.of("", "esdb-rocks 1\ngen-2", "esdb-rocks 1\ngen-2\ncrc32c 00000000\n")) {
            Path crashed = temp.resolve("crashed-" + written.length());
            Folders.copy(running, crashed);
            Files.writeString(crashed.resolve("current.new"), written);
            assertLeft(crashed, old);
        }
        next.discard();
    }

    @Test
    void aCrashAfterTheNameWasReplacedLeavesTheNewContent() throws IOException {
        Path switched = temp.resolve("switched");
        Path over = temp.resolve("over");
        installation.replace(live, image, next -> {
            copy(running, switched);
            live = next;
        });
        copy(running, over);

        assertThat(Folders.files(over, file -> true))
                .as("the old generation is gone")
                .noneMatch(file -> file.startsWith(over.resolve(StoreFolder.FIRST)));
        assertLeft(over, installed);
        assertLeft(switched, installed);
    }

    @Test
    void aCrashWhileTheOldGenerationIsRemovedLeavesTheNewContent() throws IOException {
        Path switched = temp.resolve("switched");
        installation.replace(live, image, next -> {
            copy(running, switched);
            live = next;
        });
        List<Path> files = Folders.files(switched.resolve(StoreFolder.FIRST), file -> true);
        assertThat(files).hasSizeGreaterThan(5);
        for (Path file : files.subList(0, files.size() / 2)) {
            Files.delete(file);
        }
        assertLeft(switched, installed);
    }

    @Test
    void whatIsReadWhileTheGenerationIsMadeIsNotReadFromItLater() throws IOException {
        Writer next = installation.prepare(live, image);
        for (int round = 0; round < 2; round++) {
            assertThat(recordOf(live)).hasSize(OLD_BYTES);
            assertThat(recordOf(next)).hasSize(NEW_BYTES);
        }
        next.discard();
    }

    private byte[] recordOf(Writer writer) {
        try (ReadView view = new RocksReadView(writer.database(), memory.records(), writer.epochs(), leases::release)) {
            leases.acquire();
            return view.event(0);
        }
    }

    private static void assertLeft(Path crashed, List<String> contents) throws IOException {
        try (Storage storage = PROVIDER.open(crashed, WriteMode.UNLOGGED)) {
            assertThat(Filling.contents(storage)).isEqualTo(contents);
            assertThat(storage.verify()).isEmpty();
            Filling.commits(storage, 100, 101, 100);
        }
        try (Stream<Path> children = Files.list(crashed)) {
            assertThat(children.filter(Files::isDirectory)).hasSize(1);
        }
    }

    private static List<String> fill(Path folder, int commits, int recordBytes, Path image) {
        try (Storage storage = PROVIDER.open(folder, WriteMode.UNLOGGED)) {
            Filling.commits(storage, 0, commits, recordBytes);
            storage.image(image);
            return Filling.contents(storage);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Folders.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
