package io.esdb.raft.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.IndeterminateAppend;
import io.esdb.StoreOptions;
import io.esdb.StoreUnavailable;
import io.esdb.raft.Member;
import io.esdb.raft.RaftOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Three nodes in a JVM whose disk can fail; reports "well" if they behaved, and fails if not. */
final class FaultyCluster {
    private static final String STORE = "orders";
    private static final String LOGS = "/_raft/groups/";
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    /** Far more than a call may take beyond its deadline, far less than a caller that hangs. */
    private static final long LATE_SECONDS = 20;

    private final LocalCluster cluster;
    private final DiskFaults faults;
    private final List<UUID> acknowledged = new ArrayList<>();

    private FaultyCluster(LocalCluster cluster, DiskFaults faults) {
        this.cluster = cluster;
        this.faults = faults;
    }

    /** @param arguments folder of the nodes, control file of the faults, scenario, rule */
    public static void main(String[] arguments) throws Exception {
        Reports reports = Reports.take();
        DiskFaults faults = new DiskFaults(Path.of(arguments[1]));
        UnaryOperator<RaftOptions> settings =
                arguments[2].equals("members") ? FaultyCluster::smallLog : options -> options;
        try (LocalCluster cluster = Replicas.start(Path.of(arguments[0]), settings)) {
            cluster.open(STORE, StoreOptions.defaults().withTimeout(TIMEOUT));
            FaultyCluster scenarios = new FaultyCluster(cluster, faults);
            switch (arguments[2]) {
                case "leader" -> scenarios.leader(LOGS, arguments[3]);
                case "leader-disk" -> scenarios.leader("/", arguments[3]);
                case "all" -> scenarios.all(arguments[3]);
                case "votes" -> scenarios.votes(arguments[3]);
                case "members" -> scenarios.members(arguments[3]);
                default -> throw new IllegalArgumentException(arguments[2]);
            }
            reports.tell("well");
        } catch (Throwable e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static RaftOptions smallLog(RaftOptions options) {
        return options.withLog(1 << 20, 20, 10);
    }

    private void leader(String files, String rule) throws Exception {
        int failing = cluster.awaitLeader(STORE);
        int other = Replicas.otherThan(cluster, failing);
        append(failing);
        append(other);
        faults.fail("/n" + (failing + 1) + files, rule);

        assertCallsEnd(failing);
        awaitProblem(failing);
        Replicas.await("another leader").until(() -> cluster.awaitLeader(STORE) != failing);
        append(other);
        assertThat(Replicas.ids(cluster.store(failing, STORE)))
                .as("local reads")
                .isNotEmpty();

        heal();
    }

    private void all(String rule) throws Exception {
        append(0);
        faults.fail("/", rule);

        for (int node = 0; node < cluster.size(); node++) {
            assertCallsEnd(node);
        }
        for (int node = 0; node < cluster.size(); node++) {
            awaitUnhealthy(node);
        }
        Replicas.await("a disk that is told of")
                .until(() -> IntStream.range(0, cluster.size()).anyMatch(this::tellsOfItsLog));
        assertThat(Replicas.ids(cluster.store(0, STORE)))
                .as("local reads where it was appended")
                .containsAll(acknowledged);
        heal();
    }

    /** Ratis puts what it could write of a vote, here nothing, in the place of the one before. */
    private void votes(String rule) throws Exception {
        append(0);
        faults.fail("raft-meta.tmp", rule);
        cluster.kill(cluster.awaitLeader(STORE));
        Replicas.await("a vote that was written in part")
                .until(() -> IntStream.range(0, cluster.size())
                        .anyMatch(node -> raftFile(node, "raft-meta").toFile().length() == 0));

        for (int node = 0; node < cluster.size(); node++) {
            cluster.kill(node);
        }
        faults.heal();
        for (int node = 0; node < cluster.size(); node++) {
            cluster.start(node);
        }
        cluster.open(STORE, StoreOptions.defaults().withTimeout(TIMEOUT));
        heal();
    }

    /** The log of whoever was given a copy tells nothing of the members, and Ratis leaves an empty file about them. */
    private void members(String rule) throws Exception {
        append(0);
        int away = Replicas.otherThan(cluster, cluster.awaitLeader(STORE));
        append(away);
        long applied = cluster.store(away, STORE).status().applied();
        cluster.stop(away);
        append(cluster.add(FaultyCluster::smallLog));
        Replicas.outrun(cluster, STORE, applied);
        faults.fail("raft-meta.conf.tmp", rule);

        cluster.restart(away, STORE);
        Replicas.await("a log that goes on from a copy").until(() -> Replicas.firstEntry(cluster, away) > applied + 1);
        append(away);
        cluster.kill(away);
        faults.heal();
        assertThat(raftFile(away, "raft-meta.conf")).isEmptyFile();

        cluster.restart(away, STORE);
        assertThat(cluster.cluster(away, STORE).voters())
                .extracting(Member::name)
                .containsExactly("n1", "n2", "n3", "n4");
        heal();
    }

    private Path raftFile(int node, String name) {
        Path groups = cluster.folder(node).resolve("_raft").resolve("groups");
        try (Stream<Path> folders = Files.list(groups)) {
            return folders.findFirst().orElseThrow().resolve("current").resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each append is answered in time, and with what is documented for it. */
    private void assertCallsEnd(int node) throws Exception {
        EventStore store = cluster.store(node, STORE);
        List<CompletableFuture<Throwable>> calls = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> catchThrowable(() -> Replicas.append(store, "stream", 1)),
                        task -> new Thread(task, "caller-" + i).start()))
                .toList();
        for (CompletableFuture<Throwable> call : calls) {
            Throwable failure = call.get(LATE_SECONDS, TimeUnit.SECONDS);
            if (failure != null) {
                assertThat(failure).isInstanceOfAny(StoreUnavailable.class, IndeterminateAppend.class);
            }
        }
    }

    private void awaitProblem(int node) {
        Replicas.await("a problem of node " + node).until(() -> tellsOfItsLog(node));
    }

    private boolean tellsOfItsLog(int node) {
        return cluster.store(node, STORE).status().problems().stream()
                .anyMatch(problem -> problem.contains("cannot be written")
                        || problem.contains("is started anew")
                        || problem.contains("not running"));
    }

    /** A node that had nothing to write before the others failed knows of no disk, but of no leader either. */
    private void awaitUnhealthy(int node) {
        Replicas.await("a problem of node " + node)
                .until(() -> !cluster.store(node, STORE).status().isHealthy());
    }

    private void heal() throws IOException {
        faults.heal();
        for (int node = 0; node < cluster.size(); node++) {
            EventStore store = cluster.store(node, STORE);
            Replicas.await("health of node " + node).until(() -> store.status().isHealthy());
            append(node);
        }
        Replicas.assertEqual(cluster, STORE);
        assertThat(Replicas.ids(cluster.store(0, STORE))).containsAll(acknowledged);
    }

    private void append(int node) {
        EventData event = Replicas.event();
        Replicas.retried(cluster.store(node, STORE), "stream", event);
        acknowledged.add(event.id());
    }
}
