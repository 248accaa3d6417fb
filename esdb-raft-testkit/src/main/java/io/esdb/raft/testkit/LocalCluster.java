package io.esdb.raft.testkit;

import io.esdb.EventStore;
import io.esdb.NodeRole;
import io.esdb.StoreOptions;
import io.esdb.host.EventStores;
import io.esdb.raft.Cluster;
import io.esdb.raft.Member;
import io.esdb.raft.RaftNode;
import io.esdb.raft.RaftOptions;
import io.esdb.spi.StorageProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/**
 * Nodes of a cluster in one JVM, on loopback, with a network, clocks and lives that a test controls. Nodes are counted
 * from 0 and named {@code n1}, {@code n2}, and so on. Safe to use from any thread. Close it; that stops all nodes.
 *
 * <p>What it cannot do in one JVM: lose what was not brought to disk (kill processes for that).
 */
public final class LocalCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Links links = new Links();
    private final List<LocalNode> nodes = new CopyOnWriteArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final Map<String, StoreOptions> stores = new ConcurrentHashMap<>();
    private final Path folder;
    private final StorageProvider storage;
    private final InstantSource clock;

    private LocalCluster(Path folder, StorageProvider storage, InstantSource clock) {
        this.folder = folder;
        this.storage = storage;
        this.clock = clock;
    }

    /** Three nodes with their data below a folder, running. */
    public static LocalCluster start(Path folder, StorageProvider storage) {
        return start(folder, storage, 3, InstantSource.system(), options -> options);
    }

    /**
     * Nodes with their data below a folder, running.
     *
     * @param storage what keeps the stores of all nodes
     * @param size how many nodes
     * @param clock where all nodes take the time from, before their clocks are made to jump
     * @param settings changes the options of each node; an election timeout of 600 ms is set before
     */
    public static LocalCluster start(
            Path folder, StorageProvider storage, int size, InstantSource clock, UnaryOperator<RaftOptions> settings) {
        LocalCluster cluster = new LocalCluster(folder, storage, clock);
        FreePorts.find(size).forEach(cluster::name);
        try {
            for (Member member : List.copyOf(cluster.members)) {
                cluster.startNode(member, settings);
            }
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private Member name(int port) {
        Member member = new Member("n" + (members.size() + 1), "127.0.0.1", port);
        members.add(member);
        return member;
    }

    private void startNode(Member member, UnaryOperator<RaftOptions> settings) {
        RaftOptions options = RaftOptions.of("local", member, members)
                .withTimeouts(Duration.ofMillis(600), PATIENCE)
                .withNetwork(links);
        LocalNode node =
                new LocalNode(folder.resolve(member.name()), settings.apply(options), storage, new SkewedClock(clock));
        nodes.add(node);
        node.start();
    }

    /**
     * Starts one node more, which names itself and all others as members. It joins a store by opening it.
     *
     * @param settings changes its options, as for the first nodes
     * @return its number
     */
    public synchronized int add(UnaryOperator<RaftOptions> settings) {
        startNode(name(FreePorts.find(1).get(0)), settings);
        return nodes.size() - 1;
    }

    /** How many nodes there are, running or not. */
    public int size() {
        return nodes.size();
    }

    /** Opens a store on all running nodes at once and returns when it has a leader. */
    public void open(String store) {
        open(store, optionsOf(store));
    }

    /** As {@link #open(String)}, with options for the store on all nodes. */
    public void open(String store, StoreOptions options) {
        stores.put(store, options);
        together("open", LocalNode::isUp, node -> node.open(store, options));
        int unused = awaitLeader(store);
    }

    /** The store on a node; opened there if it is not. */
    public EventStore store(int node, String store) {
        return nodes.get(node).open(store, optionsOf(store));
    }

    /** The store on a node; empty while the node is down. */
    public Optional<EventStore> storeIfUp(int node, String store) {
        return nodes.get(node).stores().map(open -> open.open(store, optionsOf(store)));
    }

    /** All stores on a node that is up. */
    public EventStores stores(int node) {
        return nodes.get(node).stores().orElseThrow();
    }

    /** The members of a store, as a node that is up sees and changes them. */
    public Cluster cluster(int node, String store) {
        return nodes.get(node).cluster(store);
    }

    /** The Raft node of a node that is up. */
    public RaftNode raft(int node) {
        return nodes.get(node).node();
    }

    /** Where a node keeps its data. */
    public Path folder(int node) {
        return nodes.get(node).root();
    }

    /** Whether a node is running. */
    public boolean isUp(int node) {
        return nodes.get(node).isUp();
    }

    /** The node that leads a store, as itself and a majority of the others see it; empty if there is none now. */
    public OptionalInt leader(String store) {
        for (int i = 0; i < nodes.size(); i++) {
            if (isUp(i) && leads(i, store)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private StoreOptions optionsOf(String store) {
        return stores.getOrDefault(store, StoreOptions.defaults());
    }

    private boolean leads(int node, String store) {
        String name = nodes.get(node).name();
        long followers = nodes.stream()
                .filter(LocalNode::isUp)
                .filter(other ->
                        name.equals(other.open(store, optionsOf(store)).status().leader()))
                .count();
        return store(node, store).status().role() == NodeRole.LEADER && 2 * followers > nodes.size();
    }

    /** Waits up to a minute for a leader of a store. */
    public int awaitLeader(String store) {
        return Awaitility.await("a leader of " + store)
                .atMost(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .ignoreExceptions()
                .until(() -> leader(store), OptionalInt::isPresent)
                .orElseThrow();
    }

    /** Stops a node in order. */
    public void stop(int node) {
        nodes.get(node).stop();
    }

    /** Stops a node without a word to the others, who have to find out. */
    public void kill(int node) {
        nodes.get(node).kill();
    }

    /** Starts a node that is down. */
    public void start(int node) {
        nodes.get(node).start();
    }

    /** Starts a node that is down, and opens a store there. */
    public void restart(int node, String store) {
        start(node);
        EventStore unused = store(node, store);
    }

    /** Cuts a node off from all others, both ways. */
    public void isolate(int node) {
        for (int other = 0; other < nodes.size(); other++) {
            if (other != node) {
                cut(node, other);
                cut(other, node);
            }
        }
    }

    /** Loses what one node sends to another one. */
    public void cut(int from, int to) {
        links.cut(nodes.get(from).name(), nodes.get(to).name());
    }

    /** Opens all connections. */
    public void heal() {
        links.heal();
    }

    /** Holds a node up as if its process stood still: it sends, hears and applies nothing. */
    public void pause(int node) {
        isolate(node);
        nodes.get(node).hold(true);
    }

    /** Ends a pause, and opens the node's connections. */
    public void resume(int node) {
        links.heal(nodes.get(node).name());
        nodes.get(node).hold(false);
    }

    /** Moves a node's clock, also back. */
    public void jump(int node, Duration by) {
        nodes.get(node).clock().jump(by);
    }

    /** Stops all nodes. */
    @Override
    public void close() {
        heal();
        together("close", node -> true, LocalNode::kill);
    }

    /** Does something on several nodes at once, and returns when all have ended. */
    private void together(String what, Predicate<LocalNode> which, Consumer<LocalNode> deed) {
        List<CompletableFuture<Void>> done = nodes.stream()
                .filter(which)
                .map(node -> CompletableFuture.runAsync(() -> deed.accept(node), command -> {
                    Thread thread = new Thread(command, what + "-" + node.name());
                    thread.setDaemon(true);
                    thread.start();
                }))
                .toList();
        try {
            CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
