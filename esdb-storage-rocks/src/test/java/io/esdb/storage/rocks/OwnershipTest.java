package io.esdb.storage.rocks;

import static io.esdb.storage.rocks.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.esdb.spi.Storage;
import io.esdb.spi.StorageException.Kind;
import io.esdb.spi.WriteMode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One owner at a time, in one process or several, and nothing left behind by former ones. */
class OwnershipTest {
    private static final RocksStorageProvider PROVIDER = new RocksStorageProvider();

    @TempDir
    Path temp;

    @Test
    void aSecondOpeningInThisProcessIsRefused() {
        try (Storage storage = PROVIDER.open(temp, WriteMode.SYNC)) {
            String self = Long.toString(ProcessHandle.current().pid());
            RocksStorageProvider other = new RocksStorageProvider();
            assertThat(assertFails(Kind.LOCKED, () -> other.open(temp, WriteMode.SYNC)))
                    .hasMessageContaining(self);
            assertFails(Kind.LOCKED, () -> other.drop(temp));
            Filling.commits(storage, 0, 10, 10);
        }
        PROVIDER.open(temp, WriteMode.SYNC).close();
    }

    @Test
    void anotherNameOfTheFolderIsTheSameFolder() throws IOException {
        Path folder = temp.resolve("store");
        Storage storage = PROVIDER.open(folder, WriteMode.SYNC);
        Path link = Files.createSymbolicLink(temp.resolve("link"), folder);
        assertFails(Kind.LOCKED, () -> PROVIDER.open(link, WriteMode.SYNC));
        storage.close();
    }

    @Test
    void anotherProcessKeepsItsStorageToItself() throws Exception {
        Process owner = startOwner();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(owner.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("open");
            assertThat(assertFails(Kind.LOCKED, () -> PROVIDER.open(temp, WriteMode.SYNC)))
                    .hasMessageContaining(Long.toString(owner.pid()));
        } finally {
            owner.destroyForcibly().waitFor();
        }
        try (Storage storage = PROVIDER.open(temp, WriteMode.SYNC)) {
            assertThat(Filling.contents(storage)).isNotEmpty(); // killed, not closed
        }
    }

    @Test
    void openingAndClosingLeavesNothingBehind() throws IOException {
        Path handles = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(handles), "the system tells open files");
        cycle(20);
        long handlesBefore = count(handles);
        long threadsBefore = count(Path.of("/proc/self/task"));
        cycle(200);
        assertThat(count(handles)).isLessThanOrEqualTo(handlesBefore + 3);
        assertThat(count(Path.of("/proc/self/task"))).isLessThanOrEqualTo(threadsBefore + 3);
    }

    private void cycle(int times) {
        for (int i = 0; i < times; i++) {
            try (Storage storage = PROVIDER.open(temp, WriteMode.BUFFERED)) {
                Filling.commits(storage, i, i + 1, 10);
                assertThat(Filling.contents(storage)).isNotEmpty();
            }
        }
    }

    private Process startOwner() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        temp.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }

    /** Opens a storage and waits to be killed. */
    static final class Owner {
        private Owner() {}

        public static void main(String[] args) throws IOException {
            Storage storage = PROVIDER.open(Path.of(args[0]), WriteMode.SYNC);
            Filling.commits(storage, 0, 10, 10);
            System.out.println("open");
            assertThat(System.in.read()).isEqualTo(-1); // its parent is gone
            storage.close();
        }
    }
}
