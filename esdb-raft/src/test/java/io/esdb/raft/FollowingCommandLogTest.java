package io.esdb.raft;

import static org.awaitility.Awaitility.await;

import io.esdb.EsdbException;
import io.esdb.NodeRole;
import io.esdb.spi.CommandLog;
import io.esdb.spi.LogConsumer;
import io.esdb.testkit.CommandLogContract;
import io.esdb.testkit.EchoConsumer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The log of a node that follows, in a cluster of three that the tests share; each has a store of its own. */
class FollowingCommandLogTest extends CommandLogContract {
    private static final List<RaftNode> NODES = new ArrayList<>();
    private static final AtomicInteger STORES = new AtomicInteger();

    @TempDir
    private static Path root;

    private final List<CommandLog> others = new ArrayList<>();

    @BeforeAll
    static void startNodes() throws Exception {
        List<Member> members = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            members.add(new Member("n" + i, "127.0.0.1", PeerCallsTest.freePort()));
        }
        for (Member member : members) {
            NODES.add(RaftNode.start(root.resolve(member.name()), RaftOptions.of("c", member, members)));
        }
    }

    @AfterAll
    static void stopNodes() {
        NODES.forEach(RaftNode::close);
        NODES.clear();
    }

    @Override
    protected CommandLog start(Path folder, LogConsumer consumer, Duration timeout) throws Exception {
        String store = "store" + STORES.incrementAndGet();
        List<CompletableFuture<CommandLog>> starting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            LogConsumer fed = i == 0 ? consumer : new EchoConsumer();
            RaftNode node = NODES.get(i);
            Path own = folder.resolve("n" + (i + 1));
            starting.add(CompletableFuture.supplyAsync(
                    () -> node.start(store, own, timeout, fed), task -> new Thread(task, "start").start()));
        }
        List<CommandLog> logs = new ArrayList<>();
        for (CompletableFuture<CommandLog> started : starting) {
            logs.add(started.get(60, TimeUnit.SECONDS));
        }
        others.addAll(logs.subList(1, 3));
        awaitFollowing(store, logs.get(0));
        return logs.get(0);
    }

    private static void awaitFollowing(String store, CommandLog log) throws Exception {
        log.barrier().toCompletableFuture().get(20, TimeUnit.SECONDS);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            if (log.status().role() == NodeRole.LEADER) {
                transfer(store);
            }
            return log.status().role() == NodeRole.FOLLOWER && log.status().leader() != null;
        });
        log.barrier().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static void transfer(String store) {
        try {
            NODES.get(0).cluster(store).transfer("n2", Duration.ofSeconds(5));
        } catch (EsdbException e) { // it is tried again
            await().until(() -> true);
        }
    }

    @Override
    protected void stop() {
        others.parallelStream().forEach(CommandLog::close);
    }
}
