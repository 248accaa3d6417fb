package io.esdb.raft.testkit;

import static io.esdb.raft.testkit.Replicas.PATIENCE;
import static io.esdb.raft.testkit.Replicas.append;
import static io.esdb.raft.testkit.Replicas.appendSurely;
import static io.esdb.raft.testkit.Replicas.assertEqual;
import static io.esdb.raft.testkit.Replicas.await;
import static io.esdb.raft.testkit.Replicas.event;
import static io.esdb.raft.testkit.Replicas.events;
import static io.esdb.raft.testkit.Replicas.otherThan;
import static io.esdb.raft.testkit.Replicas.retried;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.esdb.AppendResult;
import io.esdb.Consistency;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.IndeterminateAppend;
import io.esdb.LogRead;
import io.esdb.PositionNotReached;
import io.esdb.RecordedEvent;
import io.esdb.StoreOptions;
import io.esdb.StoreUnavailable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that cannot reach each other, stand still, or have another time. */
class PartitionTest {
    private static final String STORE = "orders";
    private static final StoreOptions HASTY = StoreOptions.defaults().withTimeout(Duration.ofSeconds(2));
    private static final LogRead STRICT = LogRead.forward().consistency(Consistency.LINEARIZABLE);

    @TempDir
    private Path temp;

    @Test
    void a_leader_that_is_cut_off_writes_nothing_and_shows_nothing_stale() {
        try (LocalCluster cluster = opened()) {
            int old = cluster.awaitLeader(STORE);
            EventStore alone = cluster.store(old, STORE);
            appendSurely(alone, "early", 3);
            EventData lost = event();

            cluster.isolate(old);
            Throwable failure = catchThrowable(() -> alone.append("lost", ExpectedRevision.any(), lost));

            assertThat(failure).isInstanceOfAny(IndeterminateAppend.class, StoreUnavailable.class);
            EventStore majority = cluster.store(awaitLeaderBut(cluster, old), STORE);
            appendSurely(majority, "late", 2);
            assertThatThrownBy(() -> alone.read(STRICT)).isInstanceOf(StoreUnavailable.class);
            assertThatThrownBy(() -> append(alone, "more", 1))
                    .isInstanceOfAny(IndeterminateAppend.class, StoreUnavailable.class);
            assertThat(events(alone)).hasSize(3);
            await("a strict read where the majority is")
                    .ignoreExceptionsInstanceOf(StoreUnavailable.class)
                    .untilAsserted(
                            () -> assertThat(majority.read(STRICT).events()).hasSize(5));

            cluster.heal();
            AppendResult first = retried(alone, "lost", lost);
            assertThat(retried(majority, "lost", lost)).isEqualTo(first);
            assertEqual(cluster, STORE);
            assertThat(events(alone))
                    .filteredOn(event -> event.id().equals(lost.id()))
                    .hasSize(1);
        }
    }

    @Test
    void a_follower_that_is_cut_off_shows_what_it_has_and_catches_up() {
        try (LocalCluster cluster = opened()) {
            int leader = cluster.awaitLeader(STORE);
            int cut = otherThan(cluster, leader);
            EventStore alone = cluster.store(cut, STORE);
            appendSurely(alone, "early", 3);

            cluster.isolate(cut);
            AppendResult late =
                    appendSurely(cluster.store(leader, STORE), "late", 2).get(1);

            assertThatThrownBy(() -> append(alone, "lost", 1))
                    .isInstanceOfAny(IndeterminateAppend.class, StoreUnavailable.class);
            assertThatThrownBy(() -> alone.read(STRICT)).isInstanceOf(StoreUnavailable.class);
            assertThat(events(alone)).hasSize(3);
            assertThatThrownBy(() -> alone.awaitPosition(late.lastPosition(), Duration.ofMillis(50)))
                    .isInstanceOfSatisfying(
                            PositionNotReached.class,
                            e -> assertThat(e.reached()).isEqualTo(2));
            assertThat(cluster.awaitLeader(STORE)).isNotEqualTo(cut);

            cluster.heal();
            alone.awaitPosition(late.lastPosition(), PATIENCE);
            assertThat(events(alone)).hasSizeGreaterThanOrEqualTo(5);
            appendSurely(alone, "after", 1);
            assertEqual(cluster, STORE);
        }
    }

    @Test
    void a_position_is_waited_for_on_a_follower() {
        try (LocalCluster cluster = opened()) {
            int leader = cluster.awaitLeader(STORE);
            EventStore follower = cluster.store(otherThan(cluster, leader), STORE);
            for (int i = 0; i < 20; i++) {
                AppendResult result =
                        appendSurely(cluster.store(leader, STORE), "s", 1).get(0);
                follower.awaitPosition(result.lastPosition(), PATIENCE);
                assertThat(follower.head("s")).isEqualTo(i);
            }
        }
    }

    @Test
    void a_leader_that_stood_still_follows_when_it_wakes_up() {
        try (LocalCluster cluster = opened()) {
            int old = cluster.awaitLeader(STORE);
            appendSurely(cluster.store(old, STORE), "early", 3);

            cluster.pause(old);
            appendSurely(cluster.store(awaitLeaderBut(cluster, old), STORE), "late", 2);
            cluster.resume(old);

            await("all to follow one leader")
                    .until(() -> cluster.store(old, STORE).status().leader() != null
                            && cluster.leader(STORE).isPresent());
            retried(cluster.store(old, STORE), "after", event());
            assertEqual(cluster, STORE);
        }
    }

    @Test
    void clocks_that_jump_never_turn_the_time_of_events_back() {
        try (LocalCluster cluster = opened()) {
            appendSurely(cluster.store(0, STORE), "s", 1);
            cluster.jump(0, Duration.ofHours(1));
            appendSurely(cluster.store(0, STORE), "s", 1);
            cluster.jump(1, Duration.ofHours(-1));
            appendSurely(cluster.store(1, STORE), "s", 1);
            appendSurely(cluster.store(2, STORE), "s", 1);

            List<Instant> times = events(cluster.store(2, STORE)).stream()
                    .map(RecordedEvent::created)
                    .toList();
            assertThat(times).hasSize(4).isSorted();
            assertEqual(cluster, STORE);
        }
    }

    private LocalCluster opened() {
        LocalCluster cluster = Replicas.start(temp, options -> options);
        cluster.open(STORE, HASTY);
        return cluster;
    }

    private static int awaitLeaderBut(LocalCluster cluster, int old) {
        return await("another leader").until(() -> cluster.leader(STORE).orElse(old), leader -> leader != old);
    }
}
