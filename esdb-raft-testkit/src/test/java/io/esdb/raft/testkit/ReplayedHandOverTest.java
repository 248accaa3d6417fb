package io.esdb.raft.testkit;

import static io.esdb.raft.testkit.Replicas.await;
import static io.esdb.raft.testkit.Replicas.event;
import static io.esdb.raft.testkit.Replicas.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EsdbException;
import io.esdb.EventStore;
import io.esdb.host.EventStores;
import io.esdb.subscriptions.From;
import io.esdb.subscriptions.Selector;
import io.esdb.subscriptions.persistent.ParkedEvent;
import io.esdb.subscriptions.persistent.PersistentSubscriptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events whose appends are handed over, parked, and replayed, while whoever runs the subscription goes. */
class ReplayedHandOverTest {
    private static final String STORE = "orders";
    private static final int EVENTS = 60;
    private static final int SICK = 12;

    @TempDir
    private Path temp;

    private final Copiers copiers = new Copiers();
    private final List<Long> appended = new ArrayList<>();

    /** Where the subscription runs. */
    private interface Home {
        EventStore store();

        PersistentSubscriptions subscriptions();

        /** Ends whoever runs the subscription; another one goes on. */
        void restart();
    }

    @Test
    void on_one_node_each_event_is_copied_once_through_restarts() {
        try (OneNode one = new OneNode()) {
            run(one);
        }
    }

    @Test
    void on_three_nodes_each_event_is_copied_once_when_leaders_are_killed() {
        try (ThreeNodes three = new ThreeNodes()) {
            run(three);
        }
    }

    private void run(Home home) {
        append(home.store(), EVENTS);
        home.subscriptions().create(Copiers.NAME, Selector.category("order"), From.start(), Copiers.OPTIONS);
        copiers.connect(home.subscriptions(), 3);
        awaitCopies(home, 10);
        home.restart();
        awaitCopies(home, EVENTS - SICK);
        await("the others to be parked")
                .ignoreExceptionsInstanceOf(EsdbException.class)
                .until(() -> parked(home).size() == SICK);
        assertThat(parked(home)).allMatch(parked -> parked.attempts() == 3 && Copiers.isSick(parked.position()));

        assertThat(home.subscriptions().replayParked(Copiers.NAME)).isEqualTo(SICK);
        awaitCopies(home, EVENTS - SICK + 3);
        home.restart();
        awaitCopies(home, EVENTS);
        append(home.store(), 1);
        awaitCopies(home, EVENTS + 1);
        await("nothing open")
                .ignoreExceptionsInstanceOf(EsdbException.class)
                .until(() -> home.subscriptions().info(Copiers.NAME).open() == 0);
        copiers.check(home.store(), appended);
        assertThat(parked(home)).isEmpty();
    }

    private void append(EventStore store, int count) {
        for (int i = 0; i < count; i++) {
            appended.add(retried(store, "order-" + i % 7, event()).lastPosition());
        }
    }

    private static void awaitCopies(Home home, int count) {
        await(count + " copies")
                .ignoreExceptionsInstanceOf(EsdbException.class)
                .until(() -> Copiers.copies(home.store()).size() >= count);
    }

    private static List<ParkedEvent> parked(Home home) {
        return home.subscriptions().parked(Copiers.NAME, -1, 100);
    }

    /** A store on disk that is closed and opened. */
    private final class OneNode implements Home, AutoCloseable {
        private final EventStores stores = EventStores.open(temp);
        private EventStore store = stores.open(STORE);
        private PersistentSubscriptions subscriptions = PersistentSubscriptions.on(store);

        @Override
        public EventStore store() {
            return store;
        }

        @Override
        public PersistentSubscriptions subscriptions() {
            return subscriptions;
        }

        @Override
        public void restart() {
            subscriptions.close();
            store.close();
            store = stores.open(STORE);
            subscriptions = PersistentSubscriptions.on(store);
            copiers.connect(subscriptions, 3);
        }

        @Override
        public void close() {
            subscriptions.close();
            stores.close();
        }
    }

    /** Three nodes, of which the leader is killed and started again. */
    private final class ThreeNodes implements Home, AutoCloseable {
        private final LocalCluster cluster = Replicas.start(temp, options -> options);
        private final List<PersistentSubscriptions> all = new ArrayList<>();

        ThreeNodes() {
            cluster.open(STORE);
            for (int node = 0; node < 3; node++) {
                all.add(PersistentSubscriptions.on(cluster.store(node, STORE)));
            }
        }

        @Override
        public EventStore store() {
            return cluster.store(cluster.awaitLeader(STORE), STORE);
        }

        @Override
        public PersistentSubscriptions subscriptions() {
            return all.get(cluster.awaitLeader(STORE));
        }

        @Override
        public void restart() {
            int leader = cluster.awaitLeader(STORE);
            cluster.kill(leader);
            all.get(leader).close();
            copiers.connect(all.get((leader + 1) % 3), 1);
            cluster.restart(leader, STORE);
            all.set(leader, PersistentSubscriptions.on(cluster.store(leader, STORE)));
        }

        @Override
        public void close() {
            all.forEach(PersistentSubscriptions::close);
            cluster.close();
        }
    }
}
