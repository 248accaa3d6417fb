package io.esdb.storage.rocks;

import static io.esdb.storage.rocks.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.spi.StorageException.Kind;
import io.esdb.storage.rocks.HighWaterMark.Value;
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
        HighWaterMark mark = HighWaterMark.open(file, new Value(3, 30));
        assertThat(HighWaterMark.read(file)).isEqualTo(new Value(3, 30));
        mark.raise(new Value(4, 40));
        assertThat(HighWaterMark.read(file)).isEqualTo(new Value(4, 40));
        mark.raise(new Value(5, 50));
        mark.close();
        assertThat(HighWaterMark.read(file)).isEqualTo(new Value(5, 50));
    }

    @Test
    void aTornWriteCostsTheNewestValueOnly() throws IOException {
        HighWaterMark mark = HighWaterMark.open(file, Value.ZERO);
        mark.raise(new Value(1, 10)); // the first slot
        mark.raise(new Value(2, 20)); // the second
        mark.close();
        Folders.flip(file, SECOND_SLOT + 9);
        assertThat(HighWaterMark.read(file)).isEqualTo(new Value(1, 10));
    }

    @Test
    void withoutATrustedSlotItIsCorrupt() throws IOException {
        HighWaterMark.open(file, new Value(1, 10)).close();
        Folders.flip(file, 3);
        Folders.flip(file, SECOND_SLOT + 27);
        assertFails(Kind.CORRUPT, () -> HighWaterMark.read(file));
    }

    @Test
    void aMissingFileIsCorrupt() {
        assertFails(Kind.CORRUPT, () -> HighWaterMark.read(file));
    }

    @Test
    void itDoesNotGrow() throws IOException {
        HighWaterMark mark = HighWaterMark.open(file, Value.ZERO);
        long size = Files.size(file);
        for (int i = 1; i < 100; i++) {
            mark.raise(new Value(i, i));
        }
        mark.close();
        assertThat(Files.size(file)).isEqualTo(size);
    }
}
