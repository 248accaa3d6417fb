package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.InvalidInput;
import io.esdb.QuestionFailed;
import io.esdb.StoreClosed;
import io.esdb.StoreUnavailable;
import io.esdb.raft.PeerAnswer.Done;
import io.esdb.raft.PeerAnswer.Refused;
import io.esdb.spi.CommandLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is taken in and who is not, and what is asked of a cluster that cannot be. */
@Timeout(60)
class ClusterTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    private Path root;

    private Member self;
    private NodeParts node;
    private CommandLog log;
    private OpenStore store;
    private Cluster cluster;

    @BeforeEach
    void start() throws Exception {
        self = new Member("n1", "127.0.0.1", PeerCallsTest.freePort());
        node = NodeParts.start(root.resolve("_raft"), RaftOptions.of("alone", self, List.of(self)));
        Path folder = Files.createDirectory(root.resolve("orders"));
        log = new StoreStart(node, "orders", folder, TIMEOUT, new GivenConsumer())
                .run()
                .log();
        log.barrier().toCompletableFuture().join();
        store = node.stores().get("orders");
        cluster = new Cluster("orders", "n1", store.log().group(), store.route());
    }

    @AfterEach
    void stop() {
        log.close();
        node.close();
    }

    private static void refuses(String field, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    @Test
    void names_and_timeouts_that_cannot_be_are_refused_at_once() {
        refuses("member", () -> cluster.remove("No Name", TIMEOUT));
        refuses("member", () -> cluster.transfer("x".repeat(70_000), TIMEOUT));
        refuses("timeout", () -> cluster.remove("n2", Duration.ofMillis(-1)));
        refuses("timeout", () -> cluster.transfer("n1", Duration.ofSeconds(Long.MAX_VALUE)));
        assertThatCode(() -> cluster.remove("n2", Duration.ofDays(1))).doesNotThrowAnyException();
    }

    @Test
    void only_a_member_that_votes_can_lead() {
        assertThatThrownBy(() -> cluster.transfer("n2", TIMEOUT))
                .isInstanceOf(QuestionFailed.class)
                .hasMessageContaining("'n2' is not a member that votes");
    }

    @Test
    void nothing_is_asked_of_a_store_that_is_closed() {
        log.close();

        assertThatThrownBy(() -> cluster.remove("n2", TIMEOUT)).isInstanceOf(StoreClosed.class);
    }

    @Test
    void nobody_takes_the_address_of_a_member() {
        Member other = new Member("n2", "127.0.0.1", self.port());

        assertThat(answer(new PeerRequest.Join("orders", other)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).contains("member 'n1' has the address"));
        assertThat(answer(new PeerRequest.Add("orders", other, false))).isInstanceOf(Refused.class);
        assertThat(cluster.voters()).containsExactly(self);
    }

    @Test
    void nobody_takes_the_name_of_a_member_that_runs() {
        Member twin = new Member("n1", "127.0.0.1", 1);

        assertThat(answer(new PeerRequest.Join("orders", twin)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).contains("member 'n1' runs at"));
        assertThat(cluster.voters()).containsExactly(self);
    }

    @Test
    void a_member_of_ones_own_name_at_another_address_is_another_node() throws Exception {
        Member twin = new Member("n1", "127.0.0.1", PeerCallsTest.freePort());
        try (NodeParts other = NodeParts.start(root.resolve("other"), RaftOptions.of("alone", twin, List.of(twin)))) {
            assertThat(other.peers()
                            .send(self, new PeerRequest.Hello("orders"), TIMEOUT)
                            .join())
                    .isInstanceOfSatisfying(
                            PeerAnswer.State.class,
                            state -> assertThat(state.group())
                                    .isEqualTo(store.record().group()));
        }
    }

    private PeerAnswer answer(PeerRequest request) {
        return node.peers().send(self, request, TIMEOUT).join();
    }

    @Test
    void the_only_member_that_votes_does_not_leave() {
        assertThatThrownBy(() -> cluster.leave(TIMEOUT))
                .isInstanceOf(QuestionFailed.class)
                .hasMessageContaining("'n1' is the only member that votes");
        log.submit(new byte[] {1}).toCompletableFuture().join();
    }

    @Test
    void the_word_that_a_member_was_removed_is_for_nobody_else() {
        UUID group = store.record().group();

        assertThat(answer(new PeerRequest.Removed("orders", group, "n2"))).isInstanceOf(Refused.class);
        assertThat(answer(new PeerRequest.Removed("orders", UUID.randomUUID(), "n1")))
                .isInstanceOf(Refused.class);
        log.barrier().toCompletableFuture().join();
        assertThat(log.status().isHealthy()).isTrue();

        assertThat(answer(new PeerRequest.Removed("orders", group, "n1"))).isInstanceOf(Done.class);
        assertThat(log.status().problems()).contains("this node was removed from the cluster");
        assertThat(log.submit(new byte[] {1}).toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(StoreUnavailable.class)
                .withMessageContaining("this node was removed from the cluster");
    }
}
