package io.esdb.raft.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendResult;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.IndeterminateAppend;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.RecordedEvent;
import io.esdb.StoreStatistics;
import io.esdb.StoreUnavailable;
import io.esdb.raft.RaftOptions;
import io.esdb.storage.rocks.RocksStorageProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** What the tests of this package do with the nodes of a cluster and the copies that they hold. */
final class Replicas {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private Replicas() {}

    static LocalCluster start(Path folder, UnaryOperator<RaftOptions> settings) {
        return start(folder, 3, settings);
    }

    static LocalCluster start(Path folder, int size, UnaryOperator<RaftOptions> settings) {
        return LocalCluster.start(folder, new RocksStorageProvider(), size, InstantSource.system(), settings);
    }

    static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(PATIENCE).pollInterval(20, TimeUnit.MILLISECONDS);
    }

    static EventData event() {
        return event(10);
    }

    static EventData event(int bytes) {
        return EventData.bytes("happened", new byte[bytes]);
    }

    /** One event after the other, each an entry of the log. */
    static List<AppendResult> append(EventStore store, String stream, int count) {
        return append(store, stream, count, 10);
    }

    static List<AppendResult> append(EventStore store, String stream, int count, int bytes) {
        return IntStream.range(0, count)
                .mapToObj(i -> store.append(stream, ExpectedRevision.any(), event(bytes)))
                .toList();
    }

    /**
     * As {@link #append(EventStore, String, int)}, for stores with a short timeout: on a busy machine the lead may move at
     * any time, and take longer for it. Each is there once however often it is tried.
     */
    static List<AppendResult> appendSurely(EventStore store, String stream, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> retried(store, stream, event()))
                .toList();
    }

    /** Tries an append with the same event id until it is answered; what is under way while a copy comes is not. */
    static AppendResult retried(EventStore store, String stream, EventData event) {
        return retried(store, stream, ExpectedRevision.any(), event);
    }

    static AppendResult retried(EventStore store, String stream, ExpectedRevision expected, EventData event) {
        return await("an answer")
                .ignoreExceptionsMatching(e -> e instanceof IndeterminateAppend || e instanceof StoreUnavailable)
                .until(() -> store.append(stream, expected, event), answer -> true);
    }

    static List<RecordedEvent> events(EventStore store) {
        return Pages.stream(store, LogRead.forward()).toList();
    }

    static List<UUID> ids(EventStore store) {
        return events(store).stream().map(RecordedEvent::id).toList();
    }

    /** Waits until the running nodes are equally far, and compares all that they have. */
    static void assertEqual(LocalCluster cluster, String store) {
        List<EventStore> copies = IntStream.range(0, cluster.size())
                .filter(cluster::isUp)
                .mapToObj(node -> cluster.store(node, store))
                .toList();
        await("all nodes at the same entry").until(() -> samePlace(copies));
        List<String> digests = copies.stream()
                .map(copy -> copy.statistics().appliedIndex() + " "
                        + copy.statistics().stateDigest())
                .distinct()
                .toList();
        assertThat(digests).as("states of the nodes").hasSize(1);
        List<RecordedEvent> first = events(copies.get(0));
        copies.forEach(copy -> assertThat(events(copy)).isEqualTo(first));
        copies.forEach(copy -> assertThat(copy.verify().problems()).isEmpty());
    }

    private static boolean samePlace(List<EventStore> copies) {
        return copies.stream()
                        .map(EventStore::statistics)
                        .map(StoreStatistics::appliedIndex)
                        .collect(Collectors.toSet())
                        .size()
                == 1;
    }

    /** Any node but this one, and running. */
    static int otherThan(LocalCluster cluster, int node) {
        return IntStream.range(0, cluster.size())
                .filter(other -> other != node && cluster.isUp(other))
                .findFirst()
                .orElseThrow();
    }

    /** The first entry that is left in the only log of a node. */
    static long firstEntry(LocalCluster cluster, int node) {
        Path groups = cluster.folder(node).resolve("_raft").resolve("groups");
        try (Stream<Path> files = Files.walk(groups)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith("log_"))
                    .map(name -> name.replace("log_inprogress_", "").replace("log_", ""))
                    .mapToLong(name -> Long.parseLong(name.split("-", -1)[0]))
                    .min()
                    .orElse(Long.MAX_VALUE);
        } catch (IOException | UncheckedIOException e) { // a file that went away meanwhile
            return -1;
        }
    }

    /** Appends until the leader's log no longer holds the entry that a node needs next. */
    static void outrun(LocalCluster cluster, String store, long applied) {
        await("a log that starts after entry " + applied).pollInSameThread().until(() -> {
            int leader = cluster.awaitLeader(store);
            append(cluster.store(leader, store), "many", 300);
            int next = otherThan(cluster, leader);
            cluster.cluster(leader, store).transfer("n" + (next + 1), PATIENCE); // a new term begins a new file
            append(cluster.store(next, store), "many", 25);
            return firstEntry(cluster, next) > applied + 1;
        });
    }

    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
