package io.esdb.storage.rocks;

import static io.esdb.storage.rocks.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.esdb.spi.ReadView;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageException;
import io.esdb.spi.StorageException.Kind;
import io.esdb.spi.WriteMode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that fills up and is cleared again, played by a small file system in memory; that takes root on Linux. */
class DiskFullTest {
    private static final int RECORD_BYTES = 20_000;

    @TempDir
    Path temp;

    private Path disk;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(temp.resolve("disk"));
        mounted = runs("mount", "-t", "tmpfs", "-o", "size=128m", "tmpfs", disk.toString());
        assumeTrue(mounted, "a file system can be mounted");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(runs("umount", disk.toString())).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void aFullDiskStopsWritesAndNothingElse(WriteMode mode) throws IOException {
        Path ballast = disk.resolve("ballast");
        RocksStorageProvider provider = new RocksStorageProvider(RocksOptions.DEFAULT.withWriteBufferBytes(4 << 20));
        try (Storage storage = provider.open(disk.resolve("store"), mode)) {
            Filling.commits(storage, 0, 100, RECORD_BYTES);
            fill(ballast);
            int commits = commitUntilFull(storage);

            assertFails(Kind.UNAVAILABLE, () -> storage.commit(Filling.batch(commits, RECORD_BYTES)));
            assertHolds(storage, commits);
            assertFails(Kind.FULL, storage::recover);
            assertHolds(storage, commits);

            Files.delete(ballast);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(StorageException.class)
                    .untilAsserted(storage::recover);
            int before = countOf(storage);
            assertThat(before).isBetween(commits, commits + 1); // the failed commit may be there as a whole
            assertHolds(storage, commits);
            Filling.commits(storage, before, before + 10, RECORD_BYTES);
            assertHolds(storage, before + 10);
        }
        try (Storage storage = provider.open(disk.resolve("store"), mode)) {
            assertThat(countOf(storage)).isGreaterThanOrEqualTo(110);
            assertThat(storage.verify()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void anInstallOntoAFullDiskIsRefusedAndOneWithSpaceEndsTheFailure(WriteMode mode) throws IOException {
        Path ballast = disk.resolve("ballast");
        Path image = temp.resolve("image");
        RocksStorageProvider provider = new RocksStorageProvider(RocksOptions.DEFAULT.withWriteBufferBytes(4 << 20));
        try (Storage storage = provider.open(disk.resolve("store"), mode)) {
            Filling.commits(storage, 0, 50, RECORD_BYTES);
            storage.image(image);
            Filling.commits(storage, 50, 100, RECORD_BYTES);
            fill(ballast);
            int commits = commitUntilFull(storage);

            assertFails(Kind.FULL, () -> storage.install(image));
            assertHolds(storage, commits);
            assertFails(Kind.UNAVAILABLE, () -> storage.commit(Filling.batch(commits, RECORD_BYTES)));

            Files.delete(ballast);
            storage.install(image);
            assertThat(countOf(storage)).isEqualTo(50);
            Filling.commits(storage, 50, 60, RECORD_BYTES);
            assertHolds(storage, 60);
        }
        try (Storage storage = provider.open(disk.resolve("store"), mode)) {
            assertThat(countOf(storage)).isEqualTo(60);
            assertThat(storage.verify()).isEmpty();
        }
    }

    private static int commitUntilFull(Storage storage) {
        int[] commits = {100};
        long[] begun = {0};
        assertFails(Kind.FULL, () -> {
            while (true) {
                begun[0] = System.nanoTime();
                assertTimeoutPreemptively(
                        Duration.ofSeconds(30), () -> storage.commit(Filling.batch(commits[0], RECORD_BYTES)));
                commits[0]++;
            }
        });
        assertThat(System.nanoTime() - begun[0]).isLessThan(TimeUnit.SECONDS.toNanos(5));
        return commits[0];
    }

    private static void assertHolds(Storage storage, int events) {
        try (ReadView view = storage.view()) {
            for (int i = 0; i < events; i++) {
                assertThat(view.event(i)).isEqualTo(Filling.record(i, RECORD_BYTES));
            }
        }
    }

    private static int countOf(Storage storage) {
        return (int) Filling.contents(storage).stream()
                .filter(entry -> entry.startsWith("events"))
                .count();
    }

    private static void fill(Path ballast) throws IOException {
        byte[] piece = new byte[64 << 10];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(piece);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static boolean runs(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
