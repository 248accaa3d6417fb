package io.esdb.raft.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.Pages;
import io.esdb.RecordedEvent;
import io.esdb.StoreOptions;
import io.esdb.StreamRead;
import io.esdb.projections.Link;
import io.esdb.projections.Projection;
import io.esdb.projections.ProjectionOptions;
import io.esdb.projections.ProjectionStatus;
import io.esdb.projections.Projections;
import io.esdb.projections.StateCodec;
import io.esdb.projections.StatePage;
import io.esdb.subscriptions.Selector;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projections on three nodes: the leader runs them, all nodes read them, and each event counts once whoever leads. */
class ProjectionsTest {
    private static final String STORE = "orders";
    private static final int KILLS = 3;
    private static final StoreOptions OPTIONS = StoreOptions.defaults().withTimeout(Duration.ofSeconds(5));

    private final long seed = Long.getLong("esdb.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final Projections[] projections = new Projections[3];

    @TempDir
    private Path temp;

    private static Projection<Long> totals(int version, long times) {
        return Projection.<Long>of(
                        "totals", version, Selector.category("in"), StateCodec.number(), (event, effects) -> {
                            Long before = effects.state(event.stream());
                            effects.put(event.stream(), (before == null ? 0 : before) + times * amount(event));
                            effects.link("links" + version);
                        })
                .withOptions(ProjectionOptions.defaults().withBatch(7, 1 << 20));
    }

    private static long amount(RecordedEvent event) {
        return Long.parseLong(new String(event.data(), UTF_8));
    }

    private void run(LocalCluster cluster, int node) {
        projections[node] = Projections.on(cluster.store(node, STORE));
        projections[node].define(totals(1, 1), totals(2, 10));
    }

    @AfterEach
    void closeAll() {
        for (Projections open : projections) {
            if (open != null) {
                open.close();
            }
        }
    }

    @Test
    void totals_equal_a_naive_fold_after_leaders_were_killed_and_a_rebuild_went_on_meanwhile() {
        try (LocalCluster cluster = Replicas.start(temp, options -> options)) {
            cluster.open(STORE, OPTIONS);
            projections[0] = Projections.on(cluster.store(0, STORE));
            projections[1] = Projections.on(cluster.store(1, STORE));
            projections[2] = Projections.on(cluster.store(2, STORE));
            for (Projections each : projections) {
                each.define(totals(1, 1));
            }
            Replicas.await("a first place")
                    .until(() -> projections[0].status("totals").current().state() != ProjectionStatus.State.NEW);
            for (Projections each : projections) {
                each.define(totals(2, 10));
            }
            append(cluster, 0, 20);
            for (int kill = 0; kill < KILLS; kill++) {
                int leader = cluster.awaitLeader(STORE);
                append(cluster, leader, random.nextInt(15));
                if (kill == 1) {
                    projections[leader].rebuild("totals", 2);
                }
                cluster.kill(leader);
                projections[leader].close();
                append(cluster, (leader + 1) % 3, 5 + random.nextInt(15));
                cluster.restart(leader, STORE);
                run(cluster, leader);
            }
            long last = append(cluster, 0, 5);
            for (Projections each : projections) {
                Replicas.await("the new version")
                        .until(() -> each.status("totals").active() == 2);
                each.await("totals", last, Replicas.PATIENCE);
            }
            check(cluster);
            closeAll();
        }
    }

    /** Returns the last position. */
    private long append(LocalCluster cluster, int node, int count) {
        long last = -1;
        for (int i = 0; i < count; i++) {
            EventData event = EventData.json(
                    "Added", Integer.toString(random.nextInt(100)).getBytes(UTF_8));
            String stream = "in-" + random.nextInt(5);
            last = Replicas.retried(cluster.store(node, STORE), stream, event).lastPosition();
        }
        return last;
    }

    private void check(LocalCluster cluster) {
        EventStore store = cluster.store(0, STORE);
        List<RecordedEvent> selected = Replicas.events(store).stream()
                .filter(event -> event.category().equals("in"))
                .toList();
        Map<String, Long> naive = new TreeMap<>();
        selected.forEach(event -> naive.merge(event.stream(), 10 * amount(event), Long::sum));
        for (int node : IntStream.range(0, 3).toArray()) {
            assertThat(states(projections[node]))
                    .as("node %s, seed %s", node, seed)
                    .isEqualTo(naive);
        }
        for (String links : List.of("links1", "links2")) {
            List<Long> linked = Pages.stream(store, StreamRead.forward(links))
                    .map(link -> Link.of(link).orElseThrow().position())
                    .toList();
            List<Long> positions =
                    selected.stream().map(RecordedEvent::position).toList();
            assertThat(linked)
                    .as("%s, seed %s", links, seed)
                    .isEqualTo(positions.subList(0, linked.size()))
                    .hasSizeGreaterThan(links.equals("links1") ? 20 : positions.size() - 1);
        }
        Replicas.assertEqual(cluster, STORE);
    }

    private static Map<String, Long> states(Projections from) {
        Map<String, Long> states = new TreeMap<>();
        StatePage page = from.list("totals", "", null, 1_000);
        page.entries()
                .forEach(entry ->
                        states.put(entry.key(), ByteBuffer.wrap(entry.value()).getLong()));
        return states;
    }

    @Test
    void who_appends_on_any_node_reads_there_what_follows() {
        try (LocalCluster cluster = Replicas.start(temp, options -> options)) {
            cluster.open(STORE, OPTIONS);
            for (int node = 0; node < 3; node++) {
                projections[node] = Projections.on(cluster.store(node, STORE));
                projections[node].define(totals(1, 1));
            }
            long total = 0;
            for (int i = 0; i < 30; i++) {
                int node = i % 3;
                EventStore store = cluster.store(node, STORE);
                EventData event = EventData.json("Added", "5".getBytes(UTF_8));
                long position = Replicas.retried(store, i % 2 == 0 ? "in-1" : "other", event)
                        .lastPosition();
                total += i % 2 == 0 ? 5 : 0;
                projections[node].await("totals", position, Replicas.PATIENCE);
                assertThat(projections[node].get("totals", "in-1", StateCodec.number()))
                        .contains(total);
            }
            projections[1].pause("totals");
            for (Projections each : projections) {
                Replicas.await("paused")
                        .until(() -> each.status("totals").current().state() == ProjectionStatus.State.PAUSED);
            }
            closeAll();
        }
    }
}
