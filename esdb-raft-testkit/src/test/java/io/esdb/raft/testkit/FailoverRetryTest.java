package io.esdb.raft.testkit;

import static io.esdb.raft.testkit.Replicas.assertEqual;
import static io.esdb.raft.testkit.Replicas.await;
import static io.esdb.raft.testkit.Replicas.event;
import static io.esdb.raft.testkit.Replicas.ids;
import static io.esdb.raft.testkit.Replicas.otherThan;
import static io.esdb.raft.testkit.Replicas.retried;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.IndeterminateAppend;
import io.esdb.StoreClosed;
import io.esdb.StoreOptions;
import io.esdb.StoreUnavailable;
import io.esdb.raft.RaftOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of appends that are under way when the leader dies, and of retries of old ones. */
class FailoverRetryTest {
    private static final String STORE = "orders";
    private static final StoreOptions OPTIONS = StoreOptions.defaults().withTimeout(Duration.ofSeconds(8));
    private static final int MOST_UNDER_WAY = 20;

    @TempDir
    private Path temp;

    @Test
    void appends_under_way_when_the_leader_is_killed_are_answered_or_fail_by_name_and_can_be_retried()
            throws Exception {
        try (LocalCluster cluster = opened()) {
            List<Client> clients = new ArrayList<>();
            for (int node = 0; node < 3; node++) {
                clients.add(new Client("s" + node, cluster.store(node, STORE)));
            }
            int leader = cluster.awaitLeader(STORE);
            Client survivor = clients.get(otherThan(cluster, leader));
            clients.forEach(Client::start);
            await("appends").until(() -> clients.stream().allMatch(client -> client.acknowledged.get() > 30));

            cluster.kill(leader);
            await("another leader").until(() -> cluster.leader(STORE).isPresent());
            long then = survivor.acknowledged.get();
            await("appends to the new leader").until(() -> survivor.acknowledged.get() > then + 30);
            clients.forEach(Client::end);
            System.out.println("fail-over: the longest time without an acknowledgement was "
                    + TimeUnit.NANOSECONDS.toMillis(survivor.longestPause.get())
                    + " ms, with an election timeout of 1 s");

            cluster.restart(leader, STORE);
            List<UUID> all = new ArrayList<>();
            for (int node = 0; node < 3; node++) {
                EventStore elsewhere = cluster.store((node + 1) % 3, STORE);
                for (Sent sent : clients.get(node).sent) {
                    AppendResult retried = retried(elsewhere, clients.get(node).stream, sent.event());
                    sent.answer().ifPresent(first -> assertThat(retried).isEqualTo(first));
                    all.add(sent.event().id());
                }
            }
            assertEqual(cluster, STORE);
            assertThat(ids(cluster.store(0, STORE))).containsExactlyInAnyOrderElementsOf(all);
        }
    }

    @Test
    void retries_get_the_first_answer_after_all_that_ratis_remembers_and_after_a_full_restart() {
        try (LocalCluster cluster = opened()) {
            List<EventData> sent = new ArrayList<>();
            List<AppendResult> answers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                sent.add(event());
                answers.add(first(cluster.store(i % 3, STORE), "s" + i, sent.get(i)));
            }
            long acknowledged = System.nanoTime();
            // Ratis is told to remember for one second, and looks every second
            await("Ratis to have forgotten").until(() -> System.nanoTime() - acknowledged > 3_000_000_000L);
            requireFirstAnswers(cluster, sent, answers);

            cluster.stop(0);
            cluster.stop(1);
            cluster.stop(2);
            for (int node = 0; node < 3; node++) {
                cluster.restart(node, STORE);
            }
            requireFirstAnswers(cluster, sent, answers);
            assertEqual(cluster, STORE);
            assertThat(ids(cluster.store(0, STORE))).hasSize(6);
        }
    }

    private static void requireFirstAnswers(LocalCluster cluster, List<EventData> sent, List<AppendResult> answers) {
        for (int i = 0; i < sent.size(); i++) {
            EventStore elsewhere = cluster.store((i + 1) % 3, STORE);
            assertThat(first(elsewhere, "s" + i, sent.get(i))).isEqualTo(answers.get(i));
        }
    }

    /** An append to a stream that is new when it is written; asked for until it is answered. */
    private static AppendResult first(EventStore store, String stream, EventData event) {
        return retried(store, stream, ExpectedRevision.noStream(), event);
    }

    private LocalCluster opened() {
        LocalCluster cluster = Replicas.start(temp, FailoverRetryTest::defaultTimes);
        cluster.open(STORE, OPTIONS);
        return cluster;
    }

    private static RaftOptions defaultTimes(RaftOptions options) {
        return options.withTimeouts(Duration.ofSeconds(1), Duration.ofMinutes(1));
    }

    private record Sent(EventData event, CompletableFuture<AppendResult> future) {
        /** The answer, if there was one; every other end must have one of the names that are documented. */
        Optional<AppendResult> answer() throws Exception {
            try {
                return Optional.of(future.get(30, TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                assertThat(e.getCause())
                        .isInstanceOfAny(IndeterminateAppend.class, StoreUnavailable.class, StoreClosed.class);
                return Optional.empty();
            }
        }
    }

    /** Keeps some appends under way to one node. */
    private static final class Client {
        private final String stream;
        private final EventStore store;
        private final List<Sent> sent = new ArrayList<>();
        private final AtomicLong acknowledged = new AtomicLong();
        private final AtomicLong longestPause = new AtomicLong();
        private final Thread thread = new Thread(this::run, "client");
        private long last;
        private volatile boolean ended;

        Client(String stream, EventStore store) {
            this.stream = stream;
            this.store = store;
        }

        void start() {
            thread.start();
        }

        void end() {
            ended = true;
            try {
                thread.join(TimeUnit.SECONDS.toMillis(60));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (thread.isAlive()) {
                fail("a client waits for ever");
            }
        }

        private void run() {
            while (!ended) {
                EventData event = event();
                CompletableFuture<AppendResult> future = new CompletableFuture<>();
                sent.add(new Sent(event, future));
                if (!send(event, future)) {
                    return;
                }
                if (sent.size() >= MOST_UNDER_WAY) {
                    CompletableFuture<AppendResult> oldest =
                            sent.get(sent.size() - MOST_UNDER_WAY).future();
                    oldest.handle((result, failure) -> result).join();
                }
            }
        }

        private boolean send(EventData event, CompletableFuture<AppendResult> future) {
            try {
                CompletionStage<AppendResult> unused = store.appendAsync(
                                AppendRequest.to(stream, ExpectedRevision.any(), event))
                        .whenComplete((result, failure) -> {
                            if (failure == null) {
                                note();
                                future.complete(result);
                            } else {
                                future.completeExceptionally(failure);
                            }
                        });
                return true;
            } catch (StoreClosed e) {
                future.completeExceptionally(e);
                return false;
            }
        }

        private synchronized void note() {
            long now = System.nanoTime();
            if (acknowledged.getAndIncrement() > 0) {
                longestPause.accumulateAndGet(now - last, Math::max);
            }
            last = now;
        }
    }
}
