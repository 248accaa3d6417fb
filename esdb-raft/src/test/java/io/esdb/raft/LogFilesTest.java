package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {
    @TempDir
    static Path origin;

    private static SmallLog written;

    @TempDir
    Path root;

    private SmallLog log;

    private record Entry(LogIndex at, String data) {}

    @BeforeAll
    static void write() throws Exception {
        written = SmallLog.of(origin, 150);
    }

    @BeforeEach
    void copy() throws IOException {
        log = written.copy(root);
    }

    private List<Entry> entries(long from) throws IOException {
        List<Entry> entries = new ArrayList<>();
        log.read().forEach(from, (at, data) -> entries.add(new Entry(at, new String(data, StandardCharsets.UTF_8))));
        return entries;
    }

    @Test
    void aWholeLogIsReadFromItsFirstToItsLastEntry() throws IOException {
        LogFiles files = log.read();
        assertThat(files.firstIndex()).isZero();
        assertThat(files.last().term()).isEqualTo(1);
        assertThat(files.damage()).isEmpty();
        assertThat(files.segments()).hasSizeGreaterThan(3);
        List<Entry> all = entries(0);
        assertThat(all).hasSize((int) files.last().index() + 1);
        assertThat(all).extracting(entry -> entry.at().index()).isSorted().doesNotHaveDuplicates();
        assertThat(all.stream().filter(entry -> !entry.data().isEmpty()))
                .hasSize(150)
                .allMatch(entry -> entry.data().startsWith("entry "));
    }

    @Test
    void entriesAreReadFromAnIndexOn() throws IOException {
        assertThat(entries(100)).isEqualTo(entries(0).subList(100, entries(0).size()));
        assertThat(entries(10_000)).isEmpty();
    }

    @Test
    void readingChangesNothing() throws IOException {
        List<Long> sizes = sizes();
        log.read();
        assertThat(sizes()).isEqualTo(sizes);
    }

    private List<Long> sizes() throws IOException {
        try (var files = Files.list(log.current())) {
            return files.sorted().map(file -> file.toFile().length()).toList();
        }
    }

    @Test
    void aMissingFolderIsAnEmptyLog() throws IOException {
        LogFiles files = LogFiles.read(root.resolve("nowhere"), -1);
        assertThat(files.firstIndex()).isEqualTo(-1);
        assertThat(files.last()).isEqualTo(LogIndex.NONE);
        assertThat(files.damage()).isEmpty();
    }

    @Test
    void anEntryWithAFlippedBitEndsTheLogWithItsFileAndOffset() throws IOException {
        LogSegmentFile second = log.segments().get(1);
        long offset = SmallLog.offset(second, second.first() + 4);
        SmallLog.flip(second.path(), offset + 30, 1);
        LogFiles files = log.read();
        assertThat(files.last().index()).isEqualTo(second.first() + 3);
        LogDamage damage = files.damage().orElseThrow();
        assertThat(damage.file()).isEqualTo(second.path());
        assertThat(damage.offset()).isEqualTo(offset);
        assertThat(damage.tail()).isFalse();
        assertThat(damage.reason()).contains("checksum");
        assertThat(entries(0)).hasSize((int) files.last().index() + 1);
    }

    @Test
    void aLengthWithAFlippedBitEndsTheLog() throws IOException {
        LogSegmentFile newest = log.newest();
        SyncedFiles.truncate(newest.path(), newest.scan(-1).bytes());
        long last = log.read().last().index();
        long offset = SmallLog.offset(newest, last);
        SmallLog.flip(newest.path(), offset, 0x80);
        LogFiles files = log.read();
        assertThat(files.last().index()).isEqualTo(last - 1);
        assertThat(files.damage().orElseThrow().offset()).isEqualTo(offset);
        assertThat(files.damage().orElseThrow().reason()).contains("cut off");
    }

    @Test
    void aClosedSegmentThatEndsBeforeItsNameSaysIsDamaged() throws IOException {
        LogSegmentFile first = log.segments().get(0);
        SyncedFiles.truncate(first.path(), SmallLog.offset(first, first.end()));
        LogFiles files = log.read();
        assertThat(files.last().index()).isEqualTo(first.end() - 1);
        assertThat(files.damage().orElseThrow().file()).isEqualTo(first.path());
    }

    @Test
    void aMissingSegmentEndsTheLog() throws IOException {
        List<LogSegmentFile> segments = log.segments();
        Files.delete(segments.get(1).path());
        LogFiles files = log.read();
        assertThat(files.last().index()).isEqualTo(segments.get(0).end());
        assertThat(files.damage().orElseThrow().file())
                .isEqualTo(segments.get(2).path());
    }

    @Test
    void aGapThatTheStorageHasBridgedDoesNotEndTheLog() throws IOException {
        List<LogSegmentFile> segments = log.segments();
        Files.delete(segments.get(1).path());
        LogFiles files = LogFiles.read(log.current(), segments.get(1).end());
        assertThat(files.damage()).isEmpty();
        assertThat(files.firstIndex()).isEqualTo(segments.get(2).first());
        assertThat(files.obsolete()).containsExactly(segments.get(0).path());
        assertThat(LogFiles.read(log.current(), segments.get(1).end() - 1).damage())
                .isPresent();
    }

    @Test
    void whatTheVisitorThrowsIsNotTakenForDamage() {
        assertThatThrownBy(() -> log.read().forEach(0, (at, data) -> {
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");
    }

    @Test
    void aFileThatCannotBeReadIsAnErrorAndNotDamage() throws IOException {
        Path second = log.segments().get(1).path();
        Files.delete(second);
        Files.createDirectory(second);
        assertThatThrownBy(() -> log.read()).isInstanceOf(IOException.class);
    }
}
