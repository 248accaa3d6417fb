package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
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

    private LogMark mark;
    private StoreMachine machine;

    @BeforeEach
    void open() throws IOException {
        mark = LogMark.open(folder.resolve("mark"));
        GivenConsumer consumer = new GivenConsumer();
        Applier applier = new Applier("orders", consumer, new Submissions("orders", 1), state -> {});
        machine = new StoreMachine(consumer, applier, mark, new DeafGroup());
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
