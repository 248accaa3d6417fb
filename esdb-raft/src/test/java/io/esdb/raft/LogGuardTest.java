package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.ratis.util.FileUtils;
import org.junit.jupiter.api.Test;

class LogGuardTest extends LogGuardFixture {
    private void lowerMark(long index) throws IOException {
        try (LogMark mark = log.mark()) {
            mark.truncated(index);
        }
    }

    private List<Path> aside() throws IOException {
        try (var files = Files.list(log.folder())) {
            return files.filter(file -> file.getFileName().toString().startsWith("torn-"))
                    .toList();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aWholeLogPassesUntouched() throws Exception {
        List<String> before = names(log.current());
        log.check(LogIndex.NONE);
        assertThat(names(log.current())).isEqualTo(before);
        assertThat(aside()).isEmpty();
        assertThat(marked()).isEqualTo(last);
        assertThat(log.startPlain().index()).isGreaterThanOrEqualTo(last);
    }

    @Test
    void aLogCutAtAnEntryBelowTheMarkIsRefusedThoughRatisStartsWithIt() throws Exception {
        cutBefore(last);
        assertRefused(-1).hasMessageContaining("entries up to " + last + " may have been acknowledged");
        SmallLog plain = log.copy(Files.createDirectory(root.resolve("plain")));
        assertThat(plain.read().last().index()).isLessThan(last);
        plain.startPlain();
    }

    @Test
    void aClosedSegmentCutAtAnEntryIsRefusedThoughRatisStartsWithIt() throws Exception {
        Files.delete(log.newest().path());
        LogSegmentFile closed = log.newest();
        SyncedFiles.truncate(closed.path(), SmallLog.offset(closed, closed.first() + 2));
        assertThat(closed.open()).isFalse();
        assertRefused(-1).hasMessageContaining(closed.path().toString());
        log.startPlain();
    }

    @Test
    void aFlippedLengthBelowTheMarkIsRefusedThoughRatisStartsWithIt() throws Exception {
        LogSegmentFile newest = log.newest();
        SyncedFiles.truncate(newest.path(), newest.scan(-1).bytes());
        SmallLog.flip(newest.path(), SmallLog.offset(newest, last), 0x80);
        assertRefused(-1).hasMessageContaining("cut off");
        log.startPlain();
    }

    @Test
    void aFlippedByteBelowTheMarkIsRefused() throws Exception {
        LogSegmentFile newest = log.newest();
        SmallLog.flip(newest.path(), SmallLog.offset(newest, last) + 20, 1);
        assertRefused(-1).hasMessageContaining("checksum");
    }

    @Test
    void aFlippedByteInASegmentThatOthersFollowIsRefusedEvenAboveTheMark() throws Exception {
        LogSegmentFile second = log.segments().get(1);
        SmallLog.flip(second.path(), second.scan(-1).bytes() - 10, 1);
        lowerMark(second.first());
        assertRefused(second.first()).hasMessageContaining("before its last segment");
    }

    @Test
    void aTornTailAboveTheMarkIsCutOffAndTheServerStarts() throws Exception {
        LogSegmentFile newest = log.newest();
        long end = newest.scan(-1).bytes();
        byte[] entry =
                Arrays.copyOfRange(Files.readAllBytes(newest.path()), (int) SmallLog.offset(newest, last), (int) end);
        SmallLog.write(newest.path(), end, Arrays.copyOf(entry, entry.length / 2));
        SmallLog.write(newest.path(), end + 500, new byte[100]);
        byte[] torn = Files.readAllBytes(newest.path());
        List<LogIndex> before = indexes();

        assertThatThrownBy(() -> log.startPlain()).hasStackTraceContaining("Log entry corrupted");
        log.check(LogIndex.NONE);

        assertThat(newest.path()).hasSize(end);
        assertThat(aside()).hasSize(1);
        assertThat(aside().get(0).resolve(newest.path().getFileName())).hasBinaryContent(torn);
        assertThat(log.startPlain().index()).isGreaterThanOrEqualTo(last);
        assertThat(indexes()).startsWith(before.toArray(LogIndex[]::new));
        log.check(LogIndex.NONE);
        assertThat(aside()).hasSize(1);
    }

    private List<LogIndex> indexes() throws IOException {
        List<LogIndex> indexes = new ArrayList<>();
        log.read().forEach(0, (at, data) -> indexes.add(at));
        return indexes;
    }

    @Test
    void aClosedSegmentCutAboveTheMarkIsNamedAfterWhatIsLeft() throws Exception {
        Files.delete(log.newest().path());
        LogSegmentFile closed = log.newest();
        long kept = closed.first() + 2;
        SyncedFiles.truncate(closed.path(), SmallLog.offset(closed, kept + 1));
        lowerMark(kept);
        log.check(LogIndex.NONE);
        assertThat(log.newest()).isEqualTo(new LogSegmentFile(closed.endingWith(kept), closed.first(), kept));
        assertThat(log.read().damage()).isEmpty();
        assertThat(log.startPlain().index()).isGreaterThanOrEqualTo(kept);
        assertThat(log.read().damage()).isEmpty();
    }

    @Test
    void aSegmentWithoutAWholeEntryIsTakenAway() throws Exception {
        LogSegmentFile newest = log.newest();
        SmallLog.flip(newest.path(), 20, 1);
        lowerMark(newest.first() - 1);
        log.check(LogIndex.NONE);
        assertThat(newest.path()).doesNotExist();
        assertThat(aside()).hasSize(1);
        assertThat(log.startPlain().index()).isGreaterThanOrEqualTo(newest.first() - 1);
    }

    @Test
    void aCrashWhileEntriesWereDroppedIsRepaired() throws Exception {
        List<LogSegmentFile> segments = log.segments();
        LogSegmentFile kept = segments.get(segments.size() - 3);
        Files.delete(segments.get(segments.size() - 2).path());
        lowerMark(kept.end());
        log.check(LogIndex.NONE);
        assertThat(log.newest()).isEqualTo(kept);
        log.startPlain();
    }

    @Test
    void aCrashWhileOldSegmentsWereDroppedIsRepairedThoughRatisDoesNotStart() throws Exception {
        List<LogSegmentFile> segments = log.segments();
        Files.delete(segments.get(1).path());
        LogIndex applied = new LogIndex(1, segments.get(1).end());
        assertThatThrownBy(() -> log.startPlain(applied)).hasStackTraceContaining("Found a gap between logs");
        log.check(applied);
        assertThat(log.segments()).isEqualTo(segments.subList(2, segments.size()));
        assertThat(log.startPlain(applied).index()).isGreaterThanOrEqualTo(last);
    }

    @Test
    void aLogThatEndsBeforeTheStorageIsTakenAway() throws Exception {
        cutBefore(last);
        LogIndex applied = new LogIndex(1, last);
        log.check(applied);
        assertThat(log.segments()).isEmpty();
        assertThat(log.startPlain(applied).index()).isGreaterThanOrEqualTo(last);
        log.check(applied);
        assertThat(aside()).hasSize(1);
    }

    @Test
    void aLogThatStartsBehindTheStorageIsRefused() throws Exception {
        List<LogSegmentFile> segments = log.segments();
        Files.delete(segments.get(0).path());
        assertRefused(segments.get(1).first() - 2).hasMessageContaining("starts with entry");
        log.check(new LogIndex(1, segments.get(1).first() - 1));
    }

    @Test
    void aStorageThatFellBehindTheMarkIsRefusedWithoutTheLog() throws Exception {
        for (LogSegmentFile segment : log.segments()) {
            Files.delete(segment.path());
        }
        assertRefused(last - 1).hasMessageContaining("entries up to " + last);
        log.check(new LogIndex(1, last));
    }

    @Test
    void aLostFolderOfAFormedGroupIsRefusedThoughRatisFormatsIt() throws Exception {
        FileUtils.deleteFully(log.folder());
        assertRefused(last).hasMessageContaining("missing");
        Files.createDirectories(log.current());
        assertRefused(last).hasMessageContaining("missing");
        assertThat(log.startPlain().index()).isLessThan(last);
    }

    @Test
    void anEmptyLogOfAFormedGroupIsRefused() throws Exception {
        Files.delete(root.resolve("mark"));
        for (LogSegmentFile segment : log.segments()) {
            Files.delete(segment.path());
        }
        assertRefused(-1).hasMessageContaining("log of this member is missing");
    }

    @Test
    void aGroupThatIsBeingFormedNeedsNoFolder() throws Exception {
        FileUtils.deleteFully(log.folder());
        Files.delete(root.resolve("mark"));
        try (LogMark mark = log.mark()) {
            new LogGuard(
                            log.member(MemberRecord.State.FORMING),
                            log.folder(),
                            mark,
                            new ConfigurationFile(log.folder()))
                    .check(LogIndex.NONE);
        }
        assertThat(log.folder()).doesNotExist();
    }

    @Test
    void whatRatisFindsInTheLogIsMarked() throws Exception {
        lowerMark(10);
        log.check(LogIndex.NONE);
        assertThat(marked()).isEqualTo(last);
    }
}
