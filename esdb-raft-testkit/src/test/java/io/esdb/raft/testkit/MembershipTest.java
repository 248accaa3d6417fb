package io.esdb.raft.testkit;

import static io.esdb.raft.testkit.Replicas.PATIENCE;
import static io.esdb.raft.testkit.Replicas.append;
import static io.esdb.raft.testkit.Replicas.appendSurely;
import static io.esdb.raft.testkit.Replicas.assertEqual;
import static io.esdb.raft.testkit.Replicas.await;
import static io.esdb.raft.testkit.Replicas.events;
import static io.esdb.raft.testkit.Replicas.otherThan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventStore;
import io.esdb.IndeterminateAppend;
import io.esdb.NodeRole;
import io.esdb.QuestionFailed;
import io.esdb.StoreOptions;
import io.esdb.StoreUnavailable;
import io.esdb.raft.Member;
import io.esdb.raft.RaftOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who belongs to the cluster of a store, and how that changes. */
class MembershipTest {
    private static final String STORE = "orders";
    private static final StoreOptions HASTY = StoreOptions.defaults().withTimeout(Duration.ofSeconds(2));

    @TempDir
    private Path temp;

    @Test
    void a_fourth_node_joins_and_a_listener_never_leads() {
        try (LocalCluster cluster = opened()) {
            appendSurely(cluster.store(0, STORE), "early", 5);

            int fourth = cluster.add(options -> options);
            appendSurely(cluster.store(fourth, STORE), "fourth", 2);
            int fifth = cluster.add(RaftOptions::asListener);
            EventStore listening = cluster.store(fifth, STORE);
            appendSurely(listening, "fifth", 2);

            assertEqual(cluster, STORE);
            assertThat(names(cluster.cluster(0, STORE).voters())).containsExactly("n1", "n2", "n3", "n4");
            assertThat(names(cluster.cluster(0, STORE).listeners())).containsExactly("n5");
            assertThat(listening.status().role()).isEqualTo(NodeRole.LISTENER);
            assertThatThrownBy(() -> cluster.cluster(0, STORE).transfer("n5", PATIENCE))
                    .isInstanceOf(QuestionFailed.class);
            cluster.stop(cluster.awaitLeader(STORE));
            cluster.stop(otherThan(cluster, fifth));
            EventStore voting = cluster.store(otherThan(cluster, fifth), STORE);
            await("the voters that are left to give up")
                    .until(() -> voting.status().leader() == null);
            await("the listener to miss its leader")
                    .until(() -> listening.status().leader() == null);
            assertThat(listening.status().problems()).contains("no leader is known");
            assertThat(events(listening)).hasSize(9);
            assertThatThrownBy(() -> append(listening, "alone", 1))
                    .isInstanceOfAny(StoreUnavailable.class, IndeterminateAppend.class);
            assertThat(listening.status().role()).isEqualTo(NodeRole.LISTENER);
        }
    }

    @Test
    void a_member_that_was_removed_reads_and_takes_no_writes_and_comes_back_with_an_empty_copy() {
        try (LocalCluster cluster = opened()) {
            appendSurely(cluster.store(0, STORE), "early", 5);
            int leader = cluster.awaitLeader(STORE);
            int gone = otherThan(cluster, leader);
            EventStore removed = cluster.store(gone, STORE);
            removed.awaitPosition(4, PATIENCE);

            cluster.cluster(leader, STORE).remove(name(gone), PATIENCE);

            await("the word")
                    .until(() -> removed.status().problems().contains("this node was removed from the cluster"));
            assertThat(events(removed)).hasSize(5);
            assertThatThrownBy(() -> append(removed, "late", 1)).isInstanceOf(StoreUnavailable.class);
            appendSurely(cluster.store(leader, STORE), "without", 2);
            assertThat(names(cluster.cluster(leader, STORE).voters()))
                    .hasSize(2)
                    .doesNotContain(name(gone));
            cluster.stop(gone);
            cluster.start(gone);
            assertThatThrownBy(() -> cluster.store(gone, STORE))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("this node was removed from its cluster");

            cluster.stores(gone).drop(STORE);
            appendSurely(cluster.store(gone, STORE), "again", 2);
            assertEqual(cluster, STORE);
            assertThat(cluster.cluster(gone, STORE).voters()).hasSize(3);
        }
    }

    @Test
    void a_leader_leaves() {
        try (LocalCluster cluster = opened()) {
            appendSurely(cluster.store(0, STORE), "early", 5);
            int gone = cluster.awaitLeader(STORE);

            cluster.cluster(gone, STORE).leave(PATIENCE);

            EventStore outside = cluster.store(gone, STORE);
            assertThat(outside.status().problems()).contains("this node was removed from the cluster");
            assertThatThrownBy(() -> append(outside, "outside", 1))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("this node was removed from the cluster");
            cluster.stores(gone).drop(STORE);
            cluster.stop(gone);
            EventStore left = cluster.store(otherThan(cluster, gone), STORE);
            appendSurely(left, "without", 2);
            assertThat(events(left)).hasSize(7);
            assertEqual(cluster, STORE);
        }
    }

    @Test
    void a_node_is_replaced_by_another_one() {
        try (LocalCluster cluster = opened()) {
            appendSurely(cluster.store(0, STORE), "early", 5);
            int lost = otherThan(cluster, cluster.awaitLeader(STORE));
            cluster.kill(lost);

            int fresh = cluster.add(options -> options);
            EventStore store = cluster.store(fresh, STORE);
            cluster.cluster(fresh, STORE).remove(name(lost), PATIENCE);

            appendSurely(store, "late", 2);
            assertEqual(cluster, STORE);
            assertThat(names(cluster.cluster(fresh, STORE).voters())).hasSize(3).contains("n4");
            assertThat(store.status().isHealthy()).isTrue();
        }
    }

    @Test
    void a_node_that_lost_its_folder_comes_back_under_its_name_even_the_leader() {
        try (LocalCluster cluster = opened()) {
            appendSurely(cluster.store(0, STORE), "early", 5);
            int leader = cluster.awaitLeader(STORE);
            for (int lost : new int[] {otherThan(cluster, leader), leader}) {
                cluster.kill(lost);
                Replicas.delete(cluster.folder(lost));

                int other = otherThan(cluster, lost);
                CompletableFuture<Void> back = CompletableFuture.runAsync(() -> cluster.restart(lost, STORE));

                await("its removal, before it may vote again")
                        .pollInterval(1, TimeUnit.MILLISECONDS)
                        .until(() ->
                                !names(cluster.cluster(other, STORE).voters()).contains(name(lost)));
                assertThat(back).succeedsWithin(PATIENCE);
                appendSurely(cluster.store(lost, STORE), "late", 2);
                assertEqual(cluster, STORE);
                assertThat(names(cluster.cluster(lost, STORE).voters())).containsExactly("n1", "n2", "n3");
            }
            assertThat(events(cluster.store(leader, STORE))).hasSize(9);
        }
    }

    @Test
    void nobody_is_removed_without_whom_there_would_be_no_majority() {
        try (LocalCluster cluster = opened()) {
            int leader = cluster.awaitLeader(STORE);
            int down = otherThan(cluster, leader);
            cluster.kill(down);
            int alive = otherThan(cluster, leader);

            assertThatThrownBy(() -> cluster.cluster(leader, STORE).remove(name(alive), PATIENCE))
                    .isInstanceOf(QuestionFailed.class)
                    .hasMessageContaining("there would be no majority");

            appendSurely(cluster.store(alive, STORE), "still", 2);
            cluster.cluster(alive, STORE).remove(name(down), PATIENCE);
            appendSurely(cluster.store(leader, STORE), "two", 2);
            assertThat(cluster.cluster(leader, STORE).voters()).hasSize(2);
        }
    }

    @Test
    void nobody_takes_the_name_of_a_member_that_runs() {
        try (LocalCluster cluster = opened()) {
            int follower = otherThan(cluster, cluster.awaitLeader(STORE));

            int twin = cluster.add(options -> twinOf(name(follower), options));

            assertThatThrownBy(() -> cluster.store(twin, STORE))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("member '" + name(follower) + "' runs at");
            appendSurely(cluster.store(follower, STORE), "still", 2);
            assertThat(names(cluster.cluster(follower, STORE).voters())).containsExactly("n1", "n2", "n3");
        }
    }

    /** At the address of the node that these options are for. */
    private static RaftOptions twinOf(String name, RaftOptions options) {
        Member twin = Member.of(name, options.self().address());
        List<Member> members = new ArrayList<>(options.members());
        members.removeIf(member -> member.name().equals(name) || member.equals(options.self()));
        members.add(twin);
        return RaftOptions.of(options.cluster(), twin, members)
                .withTimeouts(options.electionTimeout(), Duration.ofSeconds(5))
                .withNetwork(options.network());
    }

    @Test
    void leadership_is_handed_over() {
        try (LocalCluster cluster = opened()) {
            int first = cluster.awaitLeader(STORE);
            int second = otherThan(cluster, first);

            cluster.cluster(second, STORE).transfer(name(second), PATIENCE);

            await("the new leader").until(() -> cluster.leader(STORE).orElse(-1) == second);
            appendSurely(cluster.store(first, STORE), "s", 2);
            assertEqual(cluster, STORE);
        }
    }

    @Test
    void two_stores_on_the_same_nodes_know_nothing_of_each_other() {
        try (LocalCluster cluster = opened()) {
            cluster.open("other");
            appendSurely(cluster.store(0, STORE), "s", 3);
            appendSurely(cluster.store(1, "other"), "s", 2);

            cluster.cluster(0, "other").remove(name(otherThan(cluster, cluster.awaitLeader("other"))), PATIENCE);
            cluster.store(0, "other").close();
            appendSurely(cluster.store(2, STORE), "s", 1);

            assertEqual(cluster, STORE);
            assertThat(cluster.cluster(1, STORE).voters()).hasSize(3);
            assertThat(events(cluster.store(1, STORE))).hasSize(4);
        }
    }

    private LocalCluster opened() {
        LocalCluster cluster = Replicas.start(temp, options -> options);
        cluster.open(STORE, HASTY);
        return cluster;
    }

    private static String name(int node) {
        return "n" + (node + 1);
    }

    private static List<String> names(List<Member> members) {
        return members.stream().map(Member::name).toList();
    }
}
