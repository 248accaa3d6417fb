package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.statemachine.TransactionContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a request between its arrival and the log decides whether it may be sent again. */
class StoreMachineTest {
    @TempDir
    private Path folder;

    private final List<Throwable> failures = new ArrayList<>();
    private Path group;
    private LogMark mark;
    private StoreMachine machine;

    @BeforeEach
    void open() throws IOException {
        group = folder.resolve("group");
        mark = LogMark.open(folder.resolve("mark"));
        GivenConsumer consumer = new GivenConsumer();
        Applier applier = new Applier("orders", consumer, new Submissions("orders", 1), state -> {});
        machine = new StoreMachine(consumer, applier, mark, new ConfigurationFile(group), new FailingGroup());
    }

    @AfterEach
    void close() throws IOException {
        mark.close();
    }

    @Test
    void a_request_that_has_begun_and_was_refused_was_not_appended() throws IOException {
        TransactionContext unused = machine.startTransaction(request(7));

        assertThat(machine.hadAppended(7)).isFalse();
    }

    @Test
    void a_request_whose_entry_goes_into_the_log_was_appended() throws IOException {
        TransactionContext context = machine.startTransaction(request(7));
        assertThat(machine.preAppendTransaction(context)).isSameAs(context);

        assertThat(machine.hadAppended(8)).isFalse();
        assertThat(machine.hadAppended(7)).isTrue();
    }

    @Test
    void the_members_are_kept_before_the_log_may_drop_their_entry() throws IOException {
        Files.createDirectory(group);
        machine.notifyConfigurationChanged(3, 17, ConfigurationFileTest.members("n1", "n4"));

        assertThat(new ConfigurationFile(group).kept()).contains(ConfigurationFileTest.entry(3, 17, "n1", "n4"));
        assertThat(machine.takeSnapshot()).isEqualTo(-1);
        assertThat(failures).isEmpty();
    }

    @Test
    void nothing_may_be_dropped_from_the_log_while_the_members_cannot_be_kept_and_the_server_is_started_anew() {
        machine.notifyConfigurationChanged(3, 17, ConfigurationFileTest.members("n1"));

        assertThatThrownBy(machine::takeSnapshot).isInstanceOf(IOException.class);
        assertThat(failures).hasSize(1);
    }

    @Test
    void what_a_leader_says_of_the_members_before_an_image_may_not_be_committed_and_is_not_kept() throws IOException {
        machine.notifyConfigurationChanged(0, 17, ConfigurationFileTest.members("n1"));

        assertThat(machine.takeSnapshot()).isEqualTo(-1);
        assertThat(failures).isEmpty();
    }

    private final class FailingGroup implements GroupEvents {
        @Override
        public void leaderChanged(String leader) {}

        @Override
        public void leaderReady() {}

        @Override
        public void logFailed(Throwable cause) {
            failures.add(cause);
        }

        @Override
        public CompletableFuture<LogIndex> imageWanted(Member leader, long first) {
            return new CompletableFuture<>();
        }
    }

    private static RaftClientRequest request(long call) {
        return RaftClientRequest.newBuilder()
                .setClientId(ClientId.randomId())
                .setServerId(RaftPeerId.valueOf("n1"))
                .setGroupId(RaftGroupId.valueOf(UUID.randomUUID()))
                .setCallId(call)
                .setMessage(Message.EMPTY)
                .setType(RaftClientRequest.writeRequestType())
                .build();
    }
}
