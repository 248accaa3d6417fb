package io.esdb.storage.rocks;

import static io.esdb.storage.rocks.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.spi.StorageException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HighWaterMarkTest {
    private static final int SECOND_SLOT = 4_096;

    @TempDir
    Path temp;

    private Path file;

    @BeforeEach
    void name() {
        file = temp.resolve("mark");
    }

    @Test
    void theLastValueRaisedIsRead() throws IOException {
        HighWaterMark mark = HighWaterMark.open(file, 3);
        assertThat(HighWaterMark.read(file)).isEqualTo(3);
        mark.raise(4);
        assertThat(HighWaterMark.read(file)).isEqualTo(4);
        mark.raise(5);
        mark.close();
        assertThat(HighWaterMark.read(file)).isEqualTo(5);
    }

    @Test
    void aTornWriteCostsTheNewestValueOnly() throws IOException {
        HighWaterMark mark = HighWaterMark.open(file, 0);
        mark.raise(1); // the first slot
        mark.raise(2); // the second
        mark.close();
        Folders.flip(file, SECOND_SLOT + 9);
        assertThat(HighWaterMark.read(file)).isEqualTo(1);
    }

    @Test
    void withoutATrustedSlotItIsCorrupt() throws IOException {
        HighWaterMark.open(file, 1).close();
        Folders.flip(file, 3);
        Folders.flip(file, SECOND_SLOT + 19);
        assertFails(Kind.CORRUPT, () -> HighWaterMark.read(file));
    }

    @Test
    void aMissingFileIsCorrupt() {
        assertFails(Kind.CORRUPT, () -> HighWaterMark.read(file));
    }

    @Test
    void itDoesNotGrow() throws IOException {
        HighWaterMark mark = HighWaterMark.open(file, 0);
        long size = Files.size(file);
        for (int i = 1; i < 100; i++) {
            mark.raise(i);
        }
        mark.close();
        assertThat(Files.size(file)).isEqualTo(size);
    }
}
