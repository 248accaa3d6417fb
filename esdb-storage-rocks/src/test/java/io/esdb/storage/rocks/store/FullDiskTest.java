package io.esdb.storage.rocks.store;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.esdb.EventStore;
import io.esdb.host.EventStores;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A file system that is really full; takes the right to mount one. */
class FullDiskTest extends FullDiskScenario {
    @TempDir
    Path disk;

    private boolean mounted;
    private EventStores stores;
    private EventStore store;

    @BeforeEach
    void open() throws Exception {
        mounted = "root".equals(System.getProperty("user.name"))
                && System.getProperty("os.name").equals("Linux")
                && run("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", disk.toString());
        assumeTrue(mounted, "cannot mount a small file system here");
        stores = Setup.SYNC_SMALL_BUFFERS.open(disk);
        store = Setup.SYNC_SMALL_BUFFERS.openStore(stores);
    }

    @AfterEach
    void close() throws Exception {
        if (stores != null) {
            stores.close();
        }
        if (mounted) {
            run("umount", disk.toString());
        }
    }

    @Override
    EventStore store() {
        return store;
    }

    @Override
    void fill() throws IOException {
        byte[] chunk = new byte[4_096];
        try (OutputStream ballast = Files.newOutputStream(ballast(), CREATE, APPEND)) {
            while (true) {
                ballast.write(chunk);
            }
        } catch (IOException full) {
            assertThat(disk.toFile().getUsableSpace()).isLessThan(chunk.length);
        }
    }

    @Override
    void free() throws IOException {
        Files.delete(ballast());
    }

    private Path ballast() {
        return disk.resolve("ballast");
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
