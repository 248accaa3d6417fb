package io.esdb.raft;

import io.esdb.EsdbException;
import io.esdb.spi.CommandLog;
import io.esdb.spi.LogConsumer;
import io.esdb.testkit.EchoConsumer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Three nodes in this JVM that tests share; each test has a store of its own, open on all of them. */
final class ThreeNodes implements AutoCloseable {
    private final List<RaftNode> nodes = new ArrayList<>();

    static ThreeNodes start(Path root, UnaryOperator<RaftOptions> settings) throws Exception {
        List<Member> members = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            members.add(new Member("n" + i, "127.0.0.1", PeerCallsTest.freePort()));
        }
        ThreeNodes three = new ThreeNodes();
        for (Member member : members) {
            RaftOptions options = settings.apply(RaftOptions.of("c", member, members));
            three.nodes.add(RaftNode.start(root.resolve(member.name()), options));
        }
        return three;
    }

    /**
     * The logs of a new store, in the order of the nodes.
     *
     * @param folder for the folders of the store, one for each node
     * @param first fed on the first node; the others have one that does nothing much
     */
    List<CommandLog> open(String store, Path folder, Duration timeout, LogConsumer first) throws Exception {
        List<CompletableFuture<CommandLog>> starting = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            RaftNode node = nodes.get(i);
            Path own = folder.resolve("n" + (i + 1));
            LogConsumer fed = i == 0 ? first : new EchoConsumer();
            starting.add(CompletableFuture.supplyAsync(
                    () -> node.start(store, own, timeout, fed), task -> new Thread(task, "start").start()));
        }
        List<CommandLog> logs = new ArrayList<>();
        for (CompletableFuture<CommandLog> started : starting) {
            logs.add(started.get(120, TimeUnit.SECONDS));
        }
        return logs;
    }

    /** Lets a node lead, if it can be asked for; else nothing happens. */
    void transfer(String store, String to) {
        try {
            nodes.get(0).cluster(store).transfer(to, Duration.ofSeconds(5));
        } catch (EsdbException e) {
            return; // callers look who leads, and try again
        }
    }

    @Override
    public void close() {
        nodes.forEach(RaftNode::close);
    }
}
