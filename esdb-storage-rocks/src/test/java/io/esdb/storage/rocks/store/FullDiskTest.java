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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A file system that is really full; takes the right to mount one. */
class FullDiskTest extends FullDiskScenario {
    @TempDir
    Path disk;

    private SmallVolume volume;
    private EventStores stores;
    private EventStore store;

    @BeforeEach
    void open() throws Exception {
        volume = new SmallVolume(disk, "32m");
        assumeTrue(volume.isMounted(), "cannot mount a small file system here");
        stores = Setup.SYNC_SMALL_BUFFERS.open(disk);
        store = Setup.SYNC_SMALL_BUFFERS.openStore(stores);
    }

    @AfterEach
    void close() throws Exception {
        if (stores != null) {
            stores.close();
        }
        volume.close();
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
}
