package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.esdb.StoreFailed;
import io.esdb.raft.Proposer.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is known of an entry that was proposed: only one that certainly was not taken may be proposed again. */
@Timeout(60)
class StoreGroupTest {
    private static final byte[] ENTRY = new ItemGroup(1, List.of(new Item(1, 1, new byte[1]))).encode();

    @TempDir
    private Path folder;

    private final UUID id = UUID.randomUUID();
    private final GivenConsumer consumer = new GivenConsumer();
    private final Applier applier = new Applier("orders", consumer, new Submissions("orders", 1), state -> {});
    private Member self;
    private LogMark mark;
    private RatisServer server;
    private StoreGroup group;

    @BeforeEach
    void start() throws Exception {
        self = new Member("n1", "127.0.0.1", PeerCallsTest.freePort());
        RaftOptions options = RaftOptions.of("c", self, List.of(self));
        mark = LogMark.open(folder.resolve("mark"));
        server = LoneServer.in(folder, options);
        server.start();
        group = new StoreGroup(server, id, options.electionTimeout());
        applier.start();
    }

    @AfterEach
    void stop() throws Exception {
        applier.stop();
        server.close();
        assertThat(applier.join(Duration.ofSeconds(10))).isTrue();
        mark.close();
    }

    private void add(Member... members) throws IOException {
        server.add(id, List.of(members).stream().map(RatisServer::peer).toList(), () -> {
            StoreMachine machine =
                    new StoreMachine(consumer, applier, mark, new ConfigurationFile(folder), new DeafGroup());
            group.fedTo(machine);
            return machine;
        });
    }

    private Outcome proposed() throws Exception {
        return group.propose(ENTRY).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private void awaitLead() {
        await().atMost(30, TimeUnit.SECONDS).until(() -> group.standing().leading());
    }

    @Test
    void what_was_applied_was_committed() throws Exception {
        add(self);
        awaitLead();

        assertThat(proposed()).isEqualTo(Outcome.COMMITTED);
    }

    @Test
    void what_is_in_the_log_and_could_not_be_applied_may_be_known_to_others() throws Exception {
        add(self);
        awaitLead();
        consumer.failNext(new StoreFailed("orders", "on purpose", null), 0);

        assertThat(proposed()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void what_came_to_a_node_that_does_not_lead_was_certainly_not_taken() throws Exception {
        add(self, new Member("n2", "127.0.0.1", 1), new Member("n3", "127.0.0.1", 2));

        assertThat(proposed()).isEqualTo(Outcome.NOT_TAKEN);
    }

    @Test
    void what_came_to_a_group_that_has_stopped_was_certainly_not_taken() throws Exception {
        add(self);
        awaitLead();
        server.park(id);

        assertThat(proposed()).isEqualTo(Outcome.NOT_TAKEN);
    }
}
