package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogMarkTest {
    private static final int SLOT = 4096;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void file() {
        file = folder.resolve("mark");
    }

    private long reopened() throws IOException {
        try (LogMark mark = LogMark.open(file)) {
            return mark.last();
        }
    }

    @Test
    void aMissingFileSaysMinusOne() throws IOException {
        assertThat(reopened()).isEqualTo(-1);
        assertThat(reopened()).isEqualTo(-1);
    }

    @Test
    void whatWasReachedIsThereAfterReopening() throws IOException {
        try (LogMark mark = LogMark.open(file)) {
            mark.reached(3);
            mark.reached(70_000_000_000L);
            assertThat(mark.last()).isEqualTo(70_000_000_000L);
        }
        assertThat(reopened()).isEqualTo(70_000_000_000L);
    }

    @Test
    void whatWasReachedOutlivesAKilledProcess() throws IOException {
        try (LogMark mark = LogMark.open(file)) {
            mark.reached(5);
            assertThat(reopened()).isEqualTo(5);
        }
    }

    @Test
    void itNeverFallsByReaching() throws IOException {
        try (LogMark mark = LogMark.open(file)) {
            mark.reached(9);
            mark.reached(4);
            assertThat(mark.last()).isEqualTo(9);
        }
    }

    @Test
    void truncationLowersIt() throws IOException {
        try (LogMark mark = LogMark.open(file)) {
            mark.reached(9);
            mark.truncated(6);
            mark.truncated(8);
            assertThat(mark.last()).isEqualTo(6);
            assertThat(reopened()).isEqualTo(6);
            mark.reached(7);
        }
        assertThat(reopened()).isEqualTo(7);
    }

    @Test
    void writesUnderWayDoNotRaiseItWhileEntriesAreDropped() throws IOException {
        try (LogMark mark = LogMark.open(file)) {
            mark.reached(9);
            mark.truncating(6);
            mark.reached(10);
            assertThat(mark.last()).isEqualTo(6);
            mark.truncated();
            mark.reached(7);
            assertThat(mark.last()).isEqualTo(7);
        }
    }

    @Test
    void aTornWriteLeavesWhatWasForced() throws IOException {
        for (int forces = 0; forces < 7; forces++) {
            Path each = folder.resolve("mark" + forces);
            try (LogMark mark = LogMark.open(each)) {
                for (int i = 0; i <= forces; i++) {
                    mark.reached(i);
                    mark.force();
                    mark.force();
                    mark.force();
                }
                byte[] forced = Files.readAllBytes(each);
                mark.reached(100);
                tear(each, forced, forces);
            }
        }
    }

    /** Breaks whatever was written since, and expects what was there before. */
    private void tear(Path path, byte[] forced, long expected) throws IOException {
        byte[] now = Files.readAllBytes(path);
        int torn = Arrays.mismatch(forced, now) / SLOT;
        Path copy = folder.resolve("torn");
        Files.write(copy, now);
        try (LogMark mark = LogMark.open(copy)) {
            assertThat(mark.last()).isEqualTo(100);
        }
        now[torn * SLOT + 20] ^= 1;
        Files.write(copy, now);
        try (LogMark mark = LogMark.open(copy)) {
            assertThat(mark.last()).isEqualTo(expected);
        }
    }

    @Test
    void aFileWithoutAWholeRecordIsRefused() throws IOException {
        Files.write(file, new byte[3 * SLOT]);
        assertThatThrownBy(() -> LogMark.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no whole");
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> LogMark.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no whole");
    }

    @Test
    void afterCloseNothingIsMarked() throws IOException {
        LogMark mark = LogMark.open(file);
        mark.close();
        mark.close();
        assertThatThrownBy(() -> mark.reached(1)).isInstanceOf(IOException.class);
    }

    @Test
    void mendingLeavesAFileAloneThatIsWellOrClosed() throws IOException {
        LogMark mark = LogMark.open(file);
        mark.reached(5);
        mark.mend();
        mark.reached(6);
        mark.close();
        mark.mend();

        assertThatThrownBy(() -> mark.reached(7)).isInstanceOf(IOException.class);
        assertThat(reopened()).isEqualTo(6);
    }

    @Test
    void aFlushMarksWhenSomebodyWaitsForIt() throws Exception {
        try (LogMark mark = LogMark.open(file)) {
            MarkingFlush flush = new MarkingFlush(mark, 8);
            assertThat(mark.last()).isEqualTo(-1);
            flush.get();
            assertThat(mark.last()).isEqualTo(8);
            flush.get();
        }
    }

    @Test
    void aFlushRefusesToWaitBeforeTheLogIsForced() throws Exception {
        try (LogMark mark = LogMark.open(file)) {
            MarkingFlush flush = new MarkingFlush(mark, 8);
            assertThatThrownBy(() -> flush.get(1, TimeUnit.SECONDS))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("raft.server.log.statemachine.data.sync");
            assertThat(mark.last()).isEqualTo(-1);
        }
    }

    @Test
    void aFlushThatCannotMarkFails() throws Exception {
        LogMark mark = LogMark.open(file);
        mark.close();
        assertThatThrownBy(() -> new MarkingFlush(mark, 8).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }
}
