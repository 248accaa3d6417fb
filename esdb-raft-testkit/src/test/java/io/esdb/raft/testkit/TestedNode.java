package io.esdb.raft.testkit;

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
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * The node that tests use. It does for them what the operator of a cluster does. Tests that run at the same time give
 * their stores the same names, so the cluster knows each by a name of its own.
 */
final class TestedNode implements AutoCloseable {
    private static final Duration TRANSFER = Duration.ofSeconds(5);

    private final Path root;
    private final RaftNode node;
    private final Companions companions;
    private final Map<Path, String> names = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

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
                String name = names.computeIfAbsent(folder, fresh -> store + "-" + count.incrementAndGet());
                boolean reopened = Files.exists(folder.resolve(MEMBER_FILE));
                CommandLog log = started(name, folder, timeout, consumer, reopened);
                try {
                    awaitRole(name, log, leading);
                    awaitCaughtUp(name, log, leading, consumer);
                    return log;
                } catch (RuntimeException e) {
                    log.close();
                    throw e;
                }
            }

            @Override
            public void drop(String store, Path folder) {
                TestedNode.this.drop(folder);
            }
        };
    }

    private void drop(Path folder) {
        String name = names.remove(folder);
        node.drop(name, folder);
        companions.drop(name);
    }

    /** Stores below this folder, all closed, are needed no more. */
    void forget(Path folder) {
        names.keySet().stream().filter(store -> store.startsWith(folder)).forEach(this::drop);
    }

    /** A store that was restored from a backup is promoted, and the others join it; a new one is formed by all. */
    private CommandLog started(String name, Path folder, Duration timeout, LogConsumer consumer, boolean reopened) {
        if (consumer.applied().index() >= 0 && !reopened) {
            promote(name, folder);
            CommandLog log = node.start(name, folder, timeout, consumer);
            companions.join(name);
            return log;
        }
        companions.open(name);
        return node.start(name, folder, timeout, consumer);
    }

    /** The node knows the stores below its own root only. */
    private void promote(String name, Path folder) {
        try {
            Path link = Files.createSymbolicLink(root.resolve(name), folder);
            node.promote(name);
            Files.delete(link);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitRole(String name, CommandLog log, boolean leading) {
        move(
                name,
                log,
                leading ? SharedCluster.TESTED : companions.other(""),
                leader -> leader.equals(SharedCluster.TESTED) == leading);
    }

    private void move(String name, CommandLog log, String to, Predicate<String> wanted) {
        await("the wanted leader of " + name, () -> isLed(log, wanted) || transferred(name, log, to));
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(Companion.PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(5, TimeUnit.MILLISECONDS)
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
    private boolean transferred(String name, CommandLog log, String to) {
        if (log.status().leader() != null) {
            try {
                log.barrier().toCompletableFuture().join();
                node.cluster(name).transfer(to, TRANSFER);
            } catch (StoreUnavailable | QuestionFailed | CompletionException e) { // leadership moves by itself
                return false;
            }
        }
        return false;
    }

    private void awaitCaughtUp(String name, CommandLog log, boolean leading, LogConsumer consumer) {
        await(
                "all entries of " + name,
                () -> consumer.applied().index() >= (leading ? log.status().committed() : companions.committed(name)));
    }

    @Override
    public void close() {
        node.close();
    }
}
