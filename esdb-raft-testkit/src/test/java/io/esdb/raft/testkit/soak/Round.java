package io.esdb.raft.testkit.soak;

import io.esdb.EventStore;
import io.esdb.IndeterminateAppend;
import io.esdb.NodeRole;
import io.esdb.StoreStatus;
import io.esdb.StoreUnavailable;
import io.esdb.raft.testkit.soak.Wounds.Wound;
import io.esdb.testkit.history.History;
import io.esdb.testkit.history.HistoryChecker;
import io.esdb.testkit.history.NodeContent;
import io.esdb.testkit.history.Violation;
import io.esdb.testkit.history.Workload;
import io.esdb.testkit.history.WorkloadOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** One history: three fresh nodes, clients, wounds and cures, and the check of what is there in the end. */
final class Round implements AutoCloseable {
    static final int NODES = 3;
    private static final int CLIENTS = 8;
    /** What a history needs to prove anything, beside a change of the leader. */
    static final int LEAST_ACKNOWLEDGED = 500;

    private static final int LONGEST_ROUND = 3;
    private static final long ELECTION_MILLIS = 1_000;
    private static final int LONGEST_WOUND_MILLIS = 8_000;
    /** Far more than anything takes on a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    /** After this time a node that has not come back by itself is restarted, as its operator would do. */
    private static final Duration RECOVERY = Duration.ofSeconds(45);

    private final long seed;
    private final Path folder;
    private final Path tools;
    private final List<Wounds.Kind> kinds;
    private final PrintStream out;
    private final Random random;
    private final Terms terms = new Terms();
    private final List<Machine> machines = new CopyOnWriteArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private final List<Thread> watchers = new ArrayList<>();
    private final long start = System.nanoTime();
    private final CountDownLatch closed = new CountDownLatch(1);
    private int wounds;
    private int restarts;
    private final Lab lab;

    /**
     * Nothing runs yet, but there are networks.
     *
     * @param folder for the nodes' data; where power can be cut, for the disks that hold it
     * @param kinds what is done to the nodes
     */
    Round(long seed, Path folder, Path tools, List<Wounds.Kind> kinds, PrintStream out)
            throws IOException, InterruptedException {
        this.seed = seed;
        this.folder = folder;
        this.tools = tools;
        this.kinds = List.copyOf(kinds);
        this.out = out;
        this.random = new Random(seed);
        Files.createDirectories(folder);
        this.lab = Lab.up(tools, NODES);
    }

    Path folder() {
        return folder;
    }

    Path tools() {
        return tools;
    }

    Lab lab() {
        return lab;
    }

    long election() {
        return ELECTION_MILLIS;
    }

    /** Runs for about this time, longer if it would not count otherwise, and without the check in the end. */
    Report run(Duration length) throws IOException, InterruptedException {
        for (int node = 0; node < NODES; node++) {
            Disk disk = cutsPower(kinds) ? Disk.up(tools, folder, "n" + (node + 1), seed * NODES + node) : null;
            machines.add(new Machine(node, this, disk));
        }
        for (Machine machine : machines) {
            machine.start();
            watch(machine);
        }
        await("all nodes to open the store", PATIENCE, this::isHealthy);
        long firstTerm = terms.last();
        WorkloadOptions options =
                WorkloadOptions.seeded(seed).withClients(CLIENTS).withAcknowledged(Long.MAX_VALUE);
        History history;
        try (Workload workload =
                Workload.start(options, node -> machines.get(node).store())) {
            long end = System.nanoTime() + length.toNanos();
            awaitProgress(workload, "the start");
            long latest = end + (LONGEST_ROUND - 1) * length.toNanos();
            while (findings.isEmpty()
                    && (isBefore(end) || (isBefore(latest) && !counts(firstTerm, workload.acknowledged())))) {
                hurtAndHeal(workload);
            }
            workload.stop();
            history = workload.await(PATIENCE);
        }
        check(history);
        stopAll();
        findings.addAll(terms.findings());
        return new Report(
                seed,
                wounds,
                restarts,
                terms.led(),
                history.acknowledged(),
                history.operations().size(),
                counts(firstTerm, history.acknowledged()),
                findings);
    }

    private static boolean isBefore(long nanoTime) {
        return System.nanoTime() - nanoTime < 0;
    }

    private boolean counts(long firstTerm, long acknowledged) {
        return terms.last() > firstTerm && acknowledged >= LEAST_ACKNOWLEDGED;
    }

    static boolean cutsPower(List<Wounds.Kind> kinds) {
        return kinds.contains(Wounds.Kind.CUT_POWER) || kinds.contains(Wounds.Kind.CUT_POWER_ALL);
    }

    /** A node that stands still answers late, so each has a watcher of its own. */
    private void watch(Machine machine) {
        Thread watcher = new Thread(
                () -> {
                    try {
                        do {
                            look(machine);
                        } while (!closed.await(100, TimeUnit.MILLISECONDS));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "watch-" + machine.name());
        watcher.setDaemon(true);
        watcher.start();
        watchers.add(watcher);
    }

    private void look(Machine machine) {
        try {
            machine.status().ifPresent(terms::add);
        } catch (RuntimeException e) {
            out.println("  no status of " + machine.name() + ": " + e);
        }
    }

    private void hurtAndHeal(Workload workload) throws IOException, InterruptedException {
        Wound wound = new Wounds(random, lab, machines, kinds).inflict(leader());
        wounds++;
        out.printf("  +%.1f s %s%n", (System.nanoTime() - start) / 1e9, wound.what());
        boolean over = closed.await(500L + random.nextInt(LONGEST_WOUND_MILLIS), TimeUnit.MILLISECONDS);
        wound.cure().heal();
        if (over) {
            return;
        }
        recover(wound);
        awaitProgress(workload, wound.what());
    }

    private int leader() {
        for (int node = 0; node < NODES; node++) {
            if (machines.get(node)
                    .status()
                    .map(status -> status.role() == NodeRole.LEADER)
                    .orElse(false)) {
                return node;
            }
        }
        return -1;
    }

    /** Nodes come back by themselves; a node whose storage failed has to be restarted. */
    private void recover(Wound wound) throws IOException, InterruptedException {
        if (within(RECOVERY, this::isHealthyOrEnded) && isHealthy()) {
            return;
        }
        for (Machine machine : machines) {
            if (!machine.isAlive()) {
                endedBy(wound, machine);
                machine.start();
            } else if (!isHealthy(machine)) {
                out.println("  restart of " + machine.name() + ": "
                        + machine.status().map(StoreStatus::problems).orElse(List.of("not open")));
                restarts++;
                machine.kill();
                machine.start();
            }
        }
        if (!within(PATIENCE, this::isHealthy)) {
            findings.add("after '" + wound.what() + "' not all nodes came back: " + states());
        }
    }

    /** Only a disk that fails may end a node that nobody killed. */
    private void endedBy(Wound wound, Machine machine) throws IOException {
        if (!wound.what().startsWith("disk") && !wound.what().startsWith("crash")) {
            findings.add("after '" + wound.what() + "' the node ended by itself: " + machine.logged());
        } else {
            restarts++;
        }
    }

    private boolean isHealthyOrEnded() {
        return isHealthy() || machines.stream().anyMatch(machine -> !machine.isAlive());
    }

    private boolean isHealthy() {
        return machines.stream().allMatch(Round::isHealthy);
    }

    private static boolean isHealthy(Machine machine) {
        return machine.status().map(StoreStatus::isHealthy).orElse(false);
    }

    private List<String> states() {
        return machines.stream()
                .map(machine -> machine.name() + " " + machine.status())
                .toList();
    }

    private void awaitProgress(Workload workload, String after) {
        long wanted = workload.acknowledged() + 30;
        if (!within(PATIENCE, () -> workload.acknowledged() >= wanted)) {
            findings.add("after '" + after + "' nothing is acknowledged any more: " + states());
        }
    }

    private void check(History history) throws IOException {
        List<NodeContent> contents = contents();
        for (Violation violation : HistoryChecker.check(history, contents)) {
            findings.add(violation.toString());
        }
        for (Machine machine : machines) {
            machine.store().orElseThrow().verify().problems().stream()
                    .map(problem -> machine.name() + ": " + problem)
                    .forEach(findings::add);
        }
        if (!findings.isEmpty()) {
            Files.writeString(folder.resolve("history.txt"), history.toString());
        }
    }

    /** What all nodes hold at the same entry of the log. */
    private List<NodeContent> contents() {
        return Awaitility.await("all nodes at the same entry")
                .atMost(PATIENCE)
                .ignoreExceptionsMatching(e -> e instanceof StoreUnavailable || e instanceof IndeterminateAppend)
                .until(
                        this::read,
                        contents -> contents.stream()
                                        .map(content -> content.digests().keySet())
                                        .distinct()
                                        .count()
                                == 1);
    }

    private List<NodeContent> read() {
        List<NodeContent> contents = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            EventStore store = machines.get(node).store().orElseThrow();
            contents.add(NodeContent.read(node, store));
        }
        // A strict read is an entry itself, so the digests are taken when all have been read.
        for (int node = 0; node < NODES; node++) {
            EventStore store = machines.get(node).store().orElseThrow();
            contents.set(node, NodeContent.of(node, contents.get(node).events()).withDigest(store.statistics()));
        }
        return contents;
    }

    private void stopAll() throws IOException, InterruptedException {
        for (Machine machine : machines) {
            if (findings.isEmpty() && !machine.stop()) {
                findings.add(machine.name() + " did not stop in order: " + machine.logged());
            }
        }
    }

    private static void await(String what, Duration patience, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(patience)
                .pollInterval(100, TimeUnit.MILLISECONDS)
                .until(condition);
    }

    private static boolean within(Duration patience, Callable<Boolean> condition) {
        try {
            await("something that may not happen", patience, condition);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** Ends all nodes, and gives back networks and disks. */
    @Override
    public synchronized void close() {
        if (closed.getCount() == 0) {
            return;
        }
        closed.countDown();
        watchers.forEach(Thread::interrupt);
        machines.forEach(Machine::close);
        lab.close();
    }

    /**
     * What came of a round.
     *
     * @param wounds how often something was broken
     * @param restarts how many nodes had to be restarted or had ended, for a failing disk
     * @param leaders how many terms had a leader that was seen
     * @param acknowledged appends, retries not counted
     * @param operations all that clients did
     * @param counts whether a leader was replaced and enough was acknowledged, else it proves little
     * @param findings what must not be, none if all is well
     */
    record Report(
            long seed,
            int wounds,
            int restarts,
            int leaders,
            long acknowledged,
            int operations,
            boolean counts,
            List<String> findings) {
        Report {
            findings = List.copyOf(findings);
        }

        @Override
        public String toString() {
            return "seed=" + seed + " wounds=" + wounds + " restarts=" + restarts + " leaders=" + leaders
                    + " acknowledged=" + acknowledged + " operations=" + operations + " counts=" + counts + " wrong="
                    + findings.size();
        }
    }
}
