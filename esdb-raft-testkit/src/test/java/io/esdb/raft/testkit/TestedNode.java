package io.esdb.raft.testkit;

import io.esdb.NodeRole;
import io.esdb.QuestionFailed;
import io.esdb.StoreUnavailable;
import io.esdb.raft.RaftNode;
import io.esdb.spi.CommandLog;
import io.esdb.spi.CommandLogProvider;
import io.esdb.spi.LogConsumer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The node that tests use. It does for them what the operator of a cluster does. */
final class TestedNode implements AutoCloseable {
    private static final Duration TRANSFER = Duration.ofSeconds(5);

    private final Path root;
    private final RaftNode node;
    private final Companions companions;

    TestedNode(Path root, RaftNode node, Companions companions) {
        this.root = root;
        this.node = node;
        this.companions = companions;
    }

    /** Starts logs on all nodes; each has caught up then, and leads here or elsewhere, as wanted. */
    CommandLogProvider log(boolean leading) {
        return new CommandLogProvider() {
            @Override
            public CommandLog start(String store, Path folder, Duration timeout, LogConsumer consumer) {
                boolean reopened = Files.exists(folder.resolve(MEMBER_FILE));
                CommandLog started = started(store, folder, timeout, consumer, reopened);
                CommandLog log =
                        new QuickLog(started, SharedCluster.TESTED, folder, () -> handOver(store, started, consumer));
                try {
                    if (leading && reopened) {
                        refresh(store, log);
                    }
                    awaitRole(store, log, leading);
                    awaitCaughtUp(store, log, leading, consumer);
                    return log;
                } catch (RuntimeException e) {
                    log.close();
                    throw e;
                }
            }

            @Override
            public void drop(String store, Path folder) {
                node.drop(store, folder);
                companions.drop(store);
            }
        };
    }

    /** A store that was restored from a backup is promoted, and the others join it; a new one is formed by all. */
    private CommandLog started(String store, Path folder, Duration timeout, LogConsumer consumer, boolean reopened) {
        if (consumer.applied().index() >= 0 && !reopened) {
            promote(store, folder);
            CommandLog log = node.start(store, folder, timeout, consumer);
            companions.join(store);
            return log;
        }
        companions.open(store);
        return node.start(store, folder, timeout, consumer);
    }

    /** The node knows the stores below its own root only. */
    private void promote(String store, Path folder) {
        try {
            Path link = Files.createSymbolicLink(root.resolve(store), folder);
            node.promote(store);
            Files.delete(link);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * An entry that came while the store was being closed here may never be acknowledged, and acknowledgements keep
     * their order: the leader then never hears again that this node has any entry, and cannot hand over to it. Another
     * leader begins anew.
     */
    private void refresh(String store, CommandLog log) {
        awaitLeader(store, log, leader -> !leader.equals(SharedCluster.TESTED));
        String before = log.status().leader();
        String other = companions.other(before == null ? "" : before);
        move(store, log, other, leader -> !leader.equals(before));
    }

    /**
     * A node must not leave its group while the first entry of the next leader arrives: Ratis may then wait for itself
     * for ever, or never acknowledge that entry.
     */
    private void handOver(String store, CommandLog log, LogConsumer consumer) {
        if (log.status().role() == NodeRole.LEADER) {
            String other = companions.other("");
            try {
                node.cluster(store).transfer(other, TRANSFER);
                await(
                        "the next leader of " + store,
                        () -> isLed(log, leader -> !leader.equals(SharedCluster.TESTED))
                                && consumer.applied().term() >= log.status().term());
            } catch (StoreUnavailable | QuestionFailed e) { // closing does the rest
                return;
            }
        }
    }

    private void awaitRole(String store, CommandLog log, boolean leading) {
        move(
                store,
                log,
                leading ? SharedCluster.TESTED : companions.other(""),
                leader -> leader.equals(SharedCluster.TESTED) == leading);
    }

    private void awaitLeader(String store, CommandLog log, Predicate<String> wanted) {
        await("a leader of " + store, () -> isLed(log, wanted));
    }

    private void move(String store, CommandLog log, String to, Predicate<String> wanted) {
        await("the wanted leader of " + store, () -> isLed(log, wanted) || transferred(store, log, to));
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(Companion.PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(2, TimeUnit.MILLISECONDS)
                .until(condition);
    }

    private static boolean isLed(CommandLog log, Predicate<String> wanted) {
        String leader = log.status().leader();
        return leader != null && wanted.test(leader);
    }

    /**
     * Always false: the next look tells. Ratis hands over only to a member that has acknowledged an entry to this
     * leader, so there has to be one since a member was started.
     */
    private boolean transferred(String store, CommandLog log, String to) {
        if (log.status().leader() != null) {
            try {
                log.barrier().toCompletableFuture().join();
                node.cluster(store).transfer(to, TRANSFER);
            } catch (StoreUnavailable | QuestionFailed | CompletionException e) { // leadership moves by itself
                return false;
            }
        }
        return false;
    }

    private void awaitCaughtUp(String store, CommandLog log, boolean leading, LogConsumer consumer) {
        await(
                "all entries of " + store,
                () -> consumer.applied().index() >= (leading ? log.status().committed() : companions.committed(store)));
    }

    /** Deletes what is left of stores that were closed and whose folders are gone. */
    void forget() {
        Path parked = root.resolve("_raft").resolve("parked");
        try (Stream<Path> files = Files.walk(parked)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(parked)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        node.close();
    }
}
