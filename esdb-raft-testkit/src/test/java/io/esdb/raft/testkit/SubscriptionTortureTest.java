package io.esdb.raft.testkit;

import static io.esdb.raft.testkit.Replicas.await;
import static io.esdb.raft.testkit.Replicas.event;
import static io.esdb.raft.testkit.Replicas.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EsdbException;
import io.esdb.EventStore;
import io.esdb.LogRead;
import io.esdb.host.EventStores;
import io.esdb.subscriptions.From;
import io.esdb.subscriptions.Selector;
import io.esdb.subscriptions.persistent.ConnectedConsumer;
import io.esdb.subscriptions.persistent.PersistentSubscriptions;
import io.esdb.subscriptions.persistent.SubscriptionInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consumers that do all that consumers should not, while whoever runs the subscription dies. */
class SubscriptionTortureTest {
    private static final String STORE = "orders";
    private static final long SEED = Long.getLong("torture.seed", System.nanoTime() & 0xffff);
    private static final int EVENTS = Integer.getInteger("torture.events", 60);
    private static final int ROUNDS = Integer.getInteger("torture.rounds", 2);

    @TempDir
    private Path temp;

    private final Random random = new Random(SEED);
    private final long poison = 10L + random.nextInt(30);
    private final Sufferers sufferers = new Sufferers(SEED, poison);

    @Test
    void on_one_node_nothing_is_skipped_reordered_or_miscounted_through_restarts() {
        try (EventStores stores = EventStores.inMemory()) {
            EventStore store = stores.open(STORE);
            PersistentSubscriptions subscriptions = PersistentSubscriptions.on(store);
            subscriptions.create(Sufferers.NAME, Selector.category("order"), From.start(), Sufferers.OPTIONS);
            connect(subscriptions, 5);
            for (int round = 0; round < ROUNDS; round++) {
                append(store);
                awaitSome(subscriptions, round);
                sufferers.unrestBegins();
                subscriptions.close();
                store.close();
                store = stores.open(STORE);
                subscriptions = PersistentSubscriptions.on(store);
                connect(subscriptions, 5);
                sufferers.unrestEnds();
            }
            finish(store, subscriptions);
            subscriptions.close();
        }
    }

    @Test
    void on_three_nodes_nothing_is_skipped_reordered_or_miscounted_when_leaders_are_killed() {
        List<PersistentSubscriptions> open = new ArrayList<>();
        try (LocalCluster cluster = Replicas.start(temp, options -> options)) {
            cluster.open(STORE);
            for (int node = 0; node < 3; node++) {
                open.add(PersistentSubscriptions.on(cluster.store(node, STORE)));
            }
            open.get(0).create(Sufferers.NAME, Selector.category("order"), From.start(), Sufferers.OPTIONS);
            for (int consumer = 0; consumer < 5; consumer++) {
                connect(open.get(consumer % 3), 1);
            }
            for (int round = 0; round < ROUNDS; round++) {
                append(cluster.store(random.nextInt(3), STORE));
                awaitSome(open.get(random.nextInt(3)), round);
                int leader = cluster.awaitLeader(STORE);
                sufferers.unrestBegins();
                cluster.kill(leader);
                open.get(leader).close();
                int next = cluster.awaitLeader(STORE);
                append(cluster.store(next, STORE));
                cluster.restart(leader, STORE);
                open.set(leader, PersistentSubscriptions.on(cluster.store(leader, STORE)));
                connect(open.get(leader), 2);
                sufferers.unrestEnds();
            }
            int leader = cluster.awaitLeader(STORE);
            finish(cluster.store(leader, STORE), open.get(random.nextInt(3)));
            open.forEach(PersistentSubscriptions::close);
        }
    }

    private void connect(PersistentSubscriptions subscriptions, int count) {
        for (int i = 0; i < count; i++) {
            ConnectedConsumer unused = await("a consumer")
                    .ignoreExceptionsInstanceOf(EsdbException.class)
                    .until(() -> sufferers.connect(subscriptions), connected -> true);
        }
    }

    private void append(EventStore store) {
        for (int i = 0; i < EVENTS; i++) {
            retried(store, "order-" + random.nextInt(12), event());
        }
    }

    /** Lets it come some way, and sees that the checkpoint goes no further. */
    private void awaitSome(PersistentSubscriptions subscriptions, int round) {
        long goal = (long) EVENTS * round + random.nextInt(EVENTS / 2);
        await("checkpoint " + goal + ", seed " + SEED)
                .ignoreExceptionsInstanceOf(EsdbException.class)
                .until(() -> checkpoint(subscriptions) >= goal || sufferers.isAcknowledged(goal));
    }

    private long checkpoint(PersistentSubscriptions subscriptions) {
        SubscriptionInfo info = subscriptions.info(Sufferers.NAME);
        sufferers.checkCheckpoint(info.checkpoint());
        return info.checkpoint();
    }

    private void finish(EventStore store, PersistentSubscriptions subscriptions) {
        long last = store.read(LogRead.backward().limit(1)).asOf();
        await("checkpoint " + last + ", seed " + SEED)
                .ignoreExceptionsInstanceOf(EsdbException.class)
                .untilAsserted(() -> assertThat(checkpoint(subscriptions)).isEqualTo(last));
        sufferers.check(last, subscriptions.parked(Sufferers.NAME, -1, 100));
        sufferers.cure();
        assertThat(subscriptions.replayParked(Sufferers.NAME)).isEqualTo(1);
        await("the poison to be handled, seed " + SEED).until(() -> sufferers.isAcknowledged(poison));
        await("nothing open").until(() -> subscriptions.info(Sufferers.NAME).open() == 0);
        assertThat(subscriptions.parked(Sufferers.NAME, -1, 100)).isEmpty();
    }
}
