package io.esdb.raft;

import static org.awaitility.Awaitility.await;

import io.esdb.NodeRole;
import io.esdb.spi.CommandLog;
import io.esdb.spi.LogConsumer;
import io.esdb.testkit.CommandLogContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The log of a node that follows, in a cluster of three that the tests share; each has a store of its own. */
class FollowingCommandLogTest extends CommandLogContract {
    private static final AtomicInteger STORES = new AtomicInteger();

    @TempDir
    private static Path root;

    private static ThreeNodes nodes;

    private final List<CommandLog> others = new ArrayList<>();

    @BeforeAll
    static void startNodes() throws Exception {
        nodes = ThreeNodes.start(root, options -> options);
    }

    @AfterAll
    static void stopNodes() {
        nodes.close();
    }

    @Override
    protected CommandLog start(Path folder, LogConsumer consumer, Duration timeout) throws Exception {
        String store = "store" + STORES.incrementAndGet();
        List<CommandLog> logs = nodes.open(store, folder, timeout, consumer);
        others.addAll(logs.subList(1, 3));
        awaitFollowing(store, logs.get(0));
        return logs.get(0);
    }

    private static void awaitFollowing(String store, CommandLog log) throws Exception {
        log.barrier().toCompletableFuture().get(20, TimeUnit.SECONDS);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            if (log.status().role() == NodeRole.LEADER) {
                nodes.transfer(store, "n2");
            }
            return log.status().role() == NodeRole.FOLLOWER && log.status().leader() != null;
        });
        log.barrier().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Override
    protected void stop() {
        others.parallelStream().forEach(CommandLog::close);
    }
}
