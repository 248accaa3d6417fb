package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.StoreCorrupt;
import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.util.FileUtils;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogGuardTest {
    @TempDir
    static Path origin;

    private static SmallLog written;
    private static long last;

    @TempDir
    Path root;

    private SmallLog log;

    @BeforeAll
    static void write() throws Exception {
        written = SmallLog.of(origin, 150);
        last = written.read().last().index();
        try (LogMark mark = written.mark()) {
            assertThat(mark.last()).isEqualTo(last);
        }
    }

    @BeforeEach
    void copy() throws IOException {
        log = written.copy(root);
    }

    private void lowerMark(long index) throws IOException {
        try (LogMark mark = log.mark()) {
            mark.truncated(index);
        }
    }

    private long marked() throws IOException {
        try (LogMark mark = log.mark()) {
            return mark.last();
        }
    }

    private AbstractThrowableAssert<?, ?> assertRefused(long applied) {
        return assertRefused(new LogIndex(1, applied));
    }

    private AbstractThrowableAssert<?, ?> assertRefused(LogIndex applied) {
        return assertThatThrownBy(() -> log.check(applied))
                .isInstanceOf(StoreCorrupt.class)
                .hasMessageContaining("orders")
                .hasMessageContaining("Remove member 'n1'");
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

    /** Cuts the newest segment before an entry, at the border. */
    private void cutBefore(long index) throws IOException {
        LogSegmentFile newest = log.newest();
        SyncedFiles.truncate(newest.path(), SmallLog.offset(newest, index));
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

    @Test
    void aTermThatFellBehindTheLogIsRaisedWithoutAVote() throws Exception {
        Path meta = log.current().resolve("raft-meta");
        Files.writeString(meta, "term=0\nvotedFor=n1\n");
        log.check(LogIndex.NONE);
        assertThat(Files.readAllLines(meta)).contains("term=1", "votedFor=");
        assertThat(log.startPlain().term()).isEqualTo(2);
    }

    @Test
    void aTermAheadOfTheLogIsKeptWithItsVote() throws Exception {
        Path meta = log.current().resolve("raft-meta");
        Files.writeString(meta, "term=5\nvotedFor=n1\n");
        log.check(LogIndex.NONE);
        assertThat(meta).hasContent("term=5\nvotedFor=n1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "votedFor=n2\n", "term=5\n", "votedFor=n2\nterm=1"})
    void aTermFileThatWasWrittenInPartGivesWayToTheLastVoteThatLeft(String part) throws Exception {
        Files.writeString(log.current().resolve("raft-meta"), part);
        Files.writeString(log.folder().resolve("vote"), "votedFor=n2\nterm=12\n");
        log.check(LogIndex.NONE);
        assertThat(log.current().resolve("raft-meta")).hasContent("votedFor=n2\nterm=12\n");
    }

    @Test
    void aTermFileThatWasWrittenInPartTakesTheTermOfTheLogIfNoVoteEverLeft() throws Exception {
        Path meta = log.current().resolve("raft-meta");
        Files.writeString(meta, "");
        log.check(LogIndex.NONE);
        assertThat(Files.readAllLines(meta)).contains("term=1", "votedFor=");
        assertThat(log.startPlain().term()).isEqualTo(2);
    }

    private Path members() {
        return log.current().resolve("raft-meta.conf");
    }

    private void write(Path file, LogEntryProto entry) throws IOException {
        Files.write(file, entry.toByteArray());
    }

    /** As if the log had been purged; what is left of it tells nothing about the members. */
    private LogIndex dropFirstSegment() throws IOException {
        LogSegmentFile first = log.segments().get(0);
        Files.delete(first.path());
        return new LogIndex(1, first.end() + 1);
    }

    @Test
    void membersWhoseFileWasWrittenInPartAreThoseThatWereKeptThoughRatisStartsWithTheFounders() throws Exception {
        LogIndex applied = dropFirstSegment();
        write(log.folder().resolve("configuration"), ConfigurationFileTest.entry(1, 5, "n1", "n2"));
        Files.writeString(members(), "");
        assertThat(log.startedMembers(applied)).containsExactly("n1");

        log.check(applied);

        assertThat(log.startedMembers(applied)).containsExactlyInAnyOrder("n1", "n2");
    }

    @Test
    void membersThatNobodyKnowsAreRefusedThoughRatisStartsWithTheFounders() throws Exception {
        LogIndex applied = dropFirstSegment();
        Files.delete(members());
        assertRefused(applied.index())
                .hasMessageContaining("who belongs to the cluster")
                .hasMessageContaining(
                        "starts with entry " + log.segments().get(0).first());
        assertThat(log.startedMembers(applied)).containsExactly("n1");
    }

    @Test
    void aStoreThatLeavesItsGroupForGoodNeedNotKnowItsMembers() throws Exception {
        LogIndex applied = dropFirstSegment();
        Files.delete(members());
        try (LogMark mark = log.mark()) {
            log.guard(mark).checkLog(applied);
        }
        assertThat(marked()).isEqualTo(last);
    }

    @Test
    void membersOfWhichNothingIsKeptAreTakenFromTheLog() throws Exception {
        LogEntryProto first = LogEntryProto.parseFrom(Files.readAllBytes(members()));
        Files.writeString(members(), "");
        log.check(new LogIndex(1, last));
        assertThat(LogEntryProto.parseFrom(Files.readAllBytes(members()))).isEqualTo(first);
        assertThat(new ConfigurationFile(log.folder()).kept()).contains(first);
    }

    @Test
    void membersInTheLogOfAnotherLeaderThanTheOneThatWroteWhatIsAppliedDoNotCount() throws Exception {
        LogIndex applied = dropFirstSegment();
        SmallLog whole = written.copy(Files.createDirectory(root.resolve("whole")));
        assertThat(whole.read(last).configuration(new LogIndex(1, last))).isNotNull();
        assertThat(whole.read(last).configuration(new LogIndex(2, last))).isNull();
        assertThat(whole.read(-1).configuration(new LogIndex(1, last))).isNull();
        assertThat(log.read(last).configuration(applied)).isNull();
    }

    @Test
    void aLogThatHoldsAllFromTheFirstEntryOnNeedsNothingThatWasKept() throws Exception {
        Files.writeString(members(), "");
        log.check(LogIndex.NONE);
        assertThat(members()).doesNotExist();
        log.check(new LogIndex(2, last));
        assertThat(log.startPlain().index()).isGreaterThanOrEqualTo(last);
    }

    @Test
    void aLogThatIsTakenAwayTellsNothing() throws Exception {
        cutBefore(last);
        Files.delete(members());
        assertRefused(new LogIndex(2, last)).hasMessageContaining("who belongs to the cluster");
    }

    @Test
    void aStoreThatWasOpenedAloneBeginsItsGroupWithTheFounders() throws Exception {
        FileUtils.deleteFully(log.folder());
        Files.delete(root.resolve("mark"));
        LogIndex alone = new LogIndex(1, 30);
        begin(alone);
        assertThat(log.current().resolve("raft-meta")).exists();
        begin(alone); // after a crash before anything was committed
        assertThat(log.startedMembers(alone)).containsExactly("n1");
    }

    private void begin(LogIndex alone) throws IOException {
        Member self = new Member("n1", "127.0.0.1", 1);
        MemberRecord founder = log.member(MemberRecord.State.AGREED);
        try (LogMark mark = log.mark()) {
            new LogGuard(
                            new MemberRecord(
                                    founder.store(), founder.group(), self, founder.state(), false, List.of(self)),
                            log.folder(),
                            mark,
                            new ConfigurationFile(log.folder()))
                    .check(alone);
        }
    }
}
