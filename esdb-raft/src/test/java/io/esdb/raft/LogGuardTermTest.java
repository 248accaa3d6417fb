package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.spi.LogIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogGuardTermTest extends LogGuardFixture {
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
}
