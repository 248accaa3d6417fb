package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.util.FileUtils;
import org.junit.jupiter.api.Test;

class LogGuardMembersTest extends LogGuardFixture {
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
