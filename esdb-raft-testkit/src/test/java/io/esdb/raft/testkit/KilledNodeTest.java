package io.esdb.raft.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventStore;
import io.esdb.RecordedEvent;
import io.esdb.host.EventStores;
import io.esdb.raft.RaftNode;
import io.esdb.storage.rocks.RocksStorageProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is killed at any moment loses nothing that it acknowledged. */
class KilledNodeTest {
    private static final int KILLS = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path temp;

    @Test
    void kills_under_appends_lose_nothing_that_was_acknowledged() throws IOException {
        long seed = Long.getLong("esdb.seed", new Random().nextLong());
        Random random = new Random(seed);
        int port = FreePorts.find(1).get(0);
        Map<UUID, Long> acknowledged = new HashMap<>();
        for (int kill = 1; kill <= KILLS; kill++) {
            kill(port, 1 + random.nextInt(1_500), acknowledged);
            if (kill % 5 == 0) { // else the next child has to open what the kill left
                check(port, acknowledged, "after kill " + kill + " with -Desdb.seed=" + seed);
            }
        }
        assertThat(acknowledged.size()).isGreaterThan(1_000);
    }

    private void kill(int port, int appends, Map<UUID, Long> acknowledged) throws IOException {
        try (ChildJvm child = ChildJvm.start(temp, Map.of(), AppendingNode.class, temp.resolve("n1"), port)) {
            child.await("A ", appends, PATIENCE);
            for (String line : child.kill()) {
                String[] parts = line.split(" ", -1);
                acknowledged.put(UUID.fromString(parts[1]), Long.parseLong(parts[2]));
            }
        }
    }

    private void check(int port, Map<UUID, Long> acknowledged, String when) {
        Path root = temp.resolve("n1");
        try (RaftNode node = RaftNode.start(root, AppendingNode.options(port));
                EventStores stores = EventStores.at(root)
                        .storage(new RocksStorageProvider())
                        .log(node)
                        .open()) {
            EventStore store = stores.open(AppendingNode.STORE);
            Replicas.append(store, "last", 1); // once it is there, so is everything before
            Map<UUID, Long> there = Replicas.events(store).stream()
                    .collect(Collectors.toMap(RecordedEvent::id, RecordedEvent::position));
            Map<UUID, Long> lost = new HashMap<>(acknowledged);
            lost.entrySet().removeAll(there.entrySet());
            assertThat(lost).as("acknowledged, and not there " + when).isEmpty();
            assertThat(store.verify().problems()).as(when).isEmpty();
        }
    }
}
