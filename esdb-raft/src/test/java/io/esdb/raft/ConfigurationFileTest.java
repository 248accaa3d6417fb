package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.raft.ConfigurationFile.Mending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerProto;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationFileTest {
    private static final LogEntryProto FIRST = entry(1, 0, "n1");
    private static final LogEntryProto SECOND = entry(1, 8, "n1", "n2");

    @TempDir
    private Path group;

    private Path ratis;
    private Path kept;
    private ConfigurationFile file;

    static LogEntryProto entry(long term, long index, String... peers) {
        return LogEntryProto.newBuilder()
                .setTerm(term)
                .setIndex(index)
                .setConfigurationEntry(members(peers))
                .build();
    }

    static RaftConfigurationProto members(String... peers) {
        return RaftConfigurationProto.newBuilder()
                .addAllPeers(Arrays.stream(peers)
                        .map(peer -> RaftPeerProto.newBuilder()
                                .setId(ByteString.copyFromUtf8(peer))
                                .setAddress("127.0.0.1:1")
                                .build())
                        .toList())
                .build();
    }

    @BeforeEach
    void open() throws IOException {
        Files.createDirectory(group.resolve("current"));
        ratis = group.resolve("current").resolve("raft-meta.conf");
        kept = group.resolve("configuration");
        file = new ConfigurationFile(group);
    }

    private void assertBoth(LogEntryProto entry) {
        assertThat(ratis).hasBinaryContent(entry.toByteArray());
        assertThat(kept).hasBinaryContent(entry.toByteArray());
    }

    /** @param inLog what the log tells last */
    private void assertMends(@Nullable LogEntryProto inLog, Mending how, LogEntryProto both) throws IOException {
        assertThat(file.mend(inLog)).isEqualTo(how);
        assertBoth(both);
    }

    @Test
    void theLatestEntryIsKept() throws IOException {
        assertThat(file.kept()).isEmpty();
        file.keep(FIRST);
        file.keep(SECOND);
        file.keep(FIRST);
        assertThat(file.kept()).contains(SECOND);
    }

    /** What a disk that is full leaves, wherever it became so, and what a file system may. */
    static Stream<byte[]> parts() {
        byte[] whole = SECOND.toByteArray();
        return Stream.concat(
                IntStream.range(0, whole.length).mapToObj(length -> Arrays.copyOf(whole, length)),
                Stream.of(new byte[whole.length], new byte[] {-1, -1, -1}));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void aFileThatWasWrittenInPartGivesWayToWhatWasKept(byte[] part) throws IOException {
        file.keep(FIRST);
        Files.write(ratis, part);
        assertMends(null, Mending.PUT_BACK, FIRST);
        assertThat(file.mend(null)).isEqualTo(Mending.NOT_NEEDED);
    }

    @ParameterizedTest
    @MethodSource("parts")
    void whatWasKeptAndIsNotWholeGivesWayToTheFile(byte[] part) throws IOException {
        Files.write(kept, part);
        Files.write(ratis, FIRST.toByteArray());
        assertMends(null, Mending.NOT_NEEDED, FIRST);
    }

    @Test
    void aFileThatIsMissingIsPutBack() throws IOException {
        file.keep(FIRST);
        assertMends(null, Mending.PUT_BACK, FIRST);
    }

    @Test
    void aFileThatAPowerCutTookBackToAnOlderEntryGivesWayToWhatWasKept() throws IOException {
        file.keep(SECOND);
        Files.write(ratis, FIRST.toByteArray());
        assertMends(null, Mending.PUT_BACK, SECOND);
    }

    @Test
    void aFileThatWasWrittenBeforeItsEntryCouldBeKeptIsKept() throws IOException {
        file.keep(FIRST);
        Files.write(ratis, SECOND.toByteArray());
        assertMends(null, Mending.NOT_NEEDED, SECOND);
    }

    @Test
    void whatALeaderOnlySaidGivesWayToWhatWasCommitted() throws IOException {
        file.keep(FIRST);
        Files.write(ratis, entry(0, 20, "n3").toByteArray());
        assertMends(null, Mending.TAKEN_BACK, FIRST);
    }

    @Test
    void whatALeaderSaidStaysIfItIsWhatWasCommittedOrNothingElseIsKnown() throws IOException {
        LogEntryProto said = SECOND.toBuilder().setTerm(0).build();
        Files.write(ratis, said.toByteArray());
        assertThat(file.mend(null)).isEqualTo(Mending.NOT_NEEDED);
        assertThat(file.kept()).contains(said);

        Files.delete(kept);
        file.keep(SECOND);
        assertThat(file.mend(null)).isEqualTo(Mending.NOT_NEEDED);
        assertThat(ratis).hasBinaryContent(said.toByteArray());
    }

    @Test
    void aLaterEntryInTheLogCountsAndIsKept() throws IOException {
        file.keep(FIRST);
        Files.write(ratis, FIRST.toByteArray());
        assertMends(SECOND, Mending.PUT_BACK, SECOND);
        assertMends(FIRST, Mending.NOT_NEEDED, SECOND);
    }

    @Test
    void withoutAnyWholeEntryRatisFindsNone() throws IOException {
        Files.write(ratis, new byte[3]);
        assertThat(file.mend(null)).isEqualTo(Mending.UNKNOWN);
        assertThat(ratis).doesNotExist();
        assertThat(file.hasJustBegun()).isFalse();
    }

    @Test
    void aGroupHasJustBegunUntilAnEntryIsKept() throws IOException {
        file.begin();
        assertThat(file.hasJustBegun()).isTrue();
        assertThat(file.mend(null)).isEqualTo(Mending.UNKNOWN);
        file.keep(FIRST);
        assertThat(file.hasJustBegun()).isFalse();
    }
}
