package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.InvalidInput;
import io.esdb.StoreClosed;
import io.esdb.StoreCorrupt;
import io.esdb.StoreFailed;
import io.esdb.StoreNotFound;
import io.esdb.StoreUnavailable;
import io.esdb.raft.MemberRecord.State;
import io.esdb.spi.CommandLog;
import io.esdb.spi.LogIndex;
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

/** What a node makes of what it finds when a store is opened. */
@Timeout(60)
class StoreStartTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    private Path root;

    private Member self;
    private RaftNode node;
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        self = new Member("n1", "127.0.0.1", PeerCallsTest.freePort());
        node = RaftNode.start(root, RaftOptions.of("alone", self, List.of(self)));
        folder = Files.createDirectory(root.resolve("orders"));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private CommandLog open() {
        return node.start("orders", folder, TIMEOUT, new GivenConsumer());
    }

    private void found(Member member, State state, boolean listener, Member... founders) throws Exception {
        new MemberRecord("orders", UUID.randomUUID(), member, state, listener, List.of(founders)).write(folder);
    }

    private void refuses(String field) {
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.field()).isEqualTo(field));
        assertThatThrownBy(() -> node.cluster("orders")).isInstanceOf(StoreNotFound.class);
    }

    @Test
    void the_copy_of_another_member_is_refused() throws Exception {
        for (State state : List.of(State.FORMING, State.AGREED, State.FORMED)) {
            found(new Member("n2", "127.0.0.1", self.port()), state, false);
            refuses("self");
        }
    }

    @Test
    void a_copy_that_the_others_know_at_another_address_is_refused() throws Exception {
        Member before = new Member("n1", "127.0.0.1", 1);
        found(before, State.FORMED, false, before);
        refuses("self");
        found(before, State.AGREED, false, before);
        refuses("self");
    }

    @Test
    void a_copy_in_another_role_is_refused() throws Exception {
        found(self, State.FORMED, true);
        refuses("listener");
    }

    @Test
    void a_copy_whose_raft_files_are_missing_is_refused_and_can_be_opened_when_they_are_back() throws Exception {
        try (CommandLog log = open()) {
            log.barrier().toCompletableFuture().join();
        }
        UUID group = MemberRecord.read(folder).orElseThrow().group();
        Path parked = RatisServer.parked(root.resolve("_raft")).resolve(group.toString());
        Files.move(parked, root.resolve("elsewhere"));

        assertThatThrownBy(this::open).isInstanceOf(StoreCorrupt.class);

        Files.move(root.resolve("elsewhere"), parked);
        try (CommandLog log = open()) {
            log.barrier().toCompletableFuture().join();
        }
    }

    @Test
    void a_group_that_was_only_proposed_is_not_started() throws Exception {
        found(self, State.FORMING, false, self);
        UUID proposed = MemberRecord.read(folder).orElseThrow().group();

        try (CommandLog log = open()) {
            log.barrier().toCompletableFuture().join();
        }

        assertThat(MemberRecord.read(folder).orElseThrow().group()).isNotEqualTo(proposed);
    }

    @Test
    void a_group_that_cannot_be_started_leaves_nothing_behind() throws Exception {
        found(self, State.AGREED, false, self);
        UUID group = MemberRecord.read(folder).orElseThrow().group();
        Path inTheWay =
                Files.createFile(RatisServer.groups(root.resolve("_raft")).resolve(group.toString()));

        assertThatThrownBy(this::open).isInstanceOf(StoreFailed.class);

        assertThatThrownBy(() -> node.cluster("orders")).isInstanceOf(StoreNotFound.class);
        assertThat(RaftThreads.named("esdb-log-orders")).isEmpty();
        assertThat(RaftThreads.named("esdb-applier-orders")).isEmpty();
        Files.delete(inTheWay);
        try (CommandLog log = open()) {
            log.barrier().toCompletableFuture().join();
        }
        assertThat(MemberRecord.read(folder).orElseThrow().group()).isEqualTo(group);
    }

    @Test
    void what_was_left_of_joining_does_not_count() throws Exception {
        found(new Member("n1", "127.0.0.1", 1), State.AGREED, true);
        UUID left = MemberRecord.read(folder).orElseThrow().group();
        Path parked =
                Files.createDirectory(RatisServer.parked(root.resolve("_raft")).resolve(left.toString()));

        try (CommandLog log = open()) {
            log.barrier().toCompletableFuture().join();
        }

        assertThat(parked).doesNotExist();
        MemberRecord record = MemberRecord.read(folder).orElseThrow();
        assertThat(record.group()).isNotEqualTo(left);
        assertThat(record.state()).isEqualTo(State.FORMED);
        assertThat(record.self()).isEqualTo(self);
    }

    @Test
    void a_store_that_was_opened_alone_is_refused() {
        GivenConsumer consumer = new GivenConsumer();
        consumer.imageAt(new LogIndex(1, 3));
        LogIndex unused = consumer.install(folder);

        assertThatThrownBy(() -> node.start("orders", folder, TIMEOUT, consumer))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("promote it");
    }

    @Test
    void a_member_that_was_removed_is_refused() throws Exception {
        found(self, State.LEFT, false, self);
        assertThatThrownBy(this::open).isInstanceOf(StoreUnavailable.class).hasMessageContaining("was removed");
    }

    @Test
    void nothing_is_opened_on_a_node_that_was_closed() {
        node.close();
        assertThatThrownBy(this::open).isInstanceOf(StoreClosed.class);
    }

    @Test
    void a_read_replica_promotes_nothing() throws Exception {
        Member replica = new Member("n2", "127.0.0.1", PeerCallsTest.freePort());
        Path other = root.resolve("other");
        Files.createDirectories(other.resolve("orders"));
        try (RaftNode listening = RaftNode.start(
                other, RaftOptions.of("alone", replica, List.of(replica, self)).asListener())) {
            assertThatThrownBy(() -> listening.promote("orders")).isInstanceOf(InvalidInput.class);
        }
        assertThat(MemberRecord.read(other.resolve("orders"))).isEmpty();
    }
}
