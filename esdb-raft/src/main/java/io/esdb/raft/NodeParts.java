package io.esdb.raft;

import io.esdb.spi.LogIndex;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a running node, and the order in which they are started and given back. */
final class NodeParts implements NodeDuties, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeParts.class);
    private static final int DIGEST_TICKS = 10;
    private static final Duration STOPPING = Duration.ofSeconds(20);
    private static final Duration ACKNOWLEDGING = Duration.ofSeconds(3);

    private final RaftOptions options;
    private final NodeLock lock;
    private final Map<String, OpenStore> stores = new ConcurrentHashMap<>();
    private final Map<String, Opening> openings = new ConcurrentHashMap<>();
    private final ExecutorService worker = RaftThreads.workers("esdb-raft-worker");
    private final ScheduledExecutorService timer = RaftThreads.timer("esdb-raft-timer");
    private final ScheduledExecutorService restarts = RaftThreads.timer("esdb-raft-restart");
    private final Transport transport;
    private final RatisServer server;
    private final AckGuard acks = new AckGuard(ACKNOWLEDGING);
    private final VoteSync votes;
    private final ImageTransfer images;
    private final ServerRestart restart;
    private final DigestWatch digests;
    private final InTime inTime;
    private volatile boolean closed;
    private int ticks;

    private NodeParts(Path folder, RaftOptions options, NodeLock lock, Duration stopping) throws IOException {
        this.options = options;
        this.lock = lock;
        this.inTime = new InTime(worker, stopping);
        this.images = new ImageTransfer(folder.resolve("images"));
        this.votes = VoteSync.register(options.self().name(), RatisServer.groups(folder));
        GroupGate gate = new GroupGate();
        this.transport = new Transport(options, votes, gate, acks);
        transport.serve(new RequestDesk(new NodeHandler(stores, openings, worker, transport), images));
        this.server = new RatisServer(
                options.self().name(),
                gate,
                folder,
                () -> RatisSettings.of(
                        options,
                        RatisServer.groups(folder).toFile(),
                        RatisServer.parked(folder).toFile()),
                () -> transport.parameters(new Parameters()));
        this.restart = new ServerRestart(server, stores::values, restarts);
        this.digests = new DigestWatch(options.self().name(), transport);
    }

    static NodeParts start(Path folder, RaftOptions options) throws IOException {
        return start(folder, options, STOPPING);
    }

    /** @param stopping how long Ratis may take to stop a group, or its server */
    static NodeParts start(Path folder, RaftOptions options, Duration stopping) throws IOException {
        NodeLock lock = NodeLock.take(folder);
        NodeParts parts;
        try {
            parts = new NodeParts(folder, options, lock, stopping);
        } catch (IOException | RuntimeException | Error e) {
            lock.close();
            throw e;
        }
        try {
            parts.transport.checkAddress();
            parts.server.start();
            ScheduledFuture<?> unused = parts.timer.scheduleWithFixedDelay(parts::tick, 1, 1, TimeUnit.SECONDS);
            return parts;
        } catch (IOException | RuntimeException | Error e) {
            parts.close();
            throw e;
        }
    }

    RaftOptions options() {
        return options;
    }

    Map<String, OpenStore> stores() {
        return stores;
    }

    Map<String, Opening> openings() {
        return openings;
    }

    Peers peers() {
        return transport;
    }

    RatisServer server() {
        return server;
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    /** Starts a store's group on this node. */
    void add(OpenStore store) throws IOException {
        checkFiles(store);
        stores.put(store.name(), store);
        store.log().start();
        acks.watch(RaftGroupId.valueOf(store.record().group()), store.mark());
        server.add(store.record().group(), initial(store.record()), store::newMachine);
    }

    private static List<RaftPeer> initial(MemberRecord record) {
        return record.listener()
                ? List.of(RatisServer.listener(record.self()))
                : record.founders().stream().map(RatisServer::peer).toList();
    }

    private void checkFiles(OpenStore store) throws IOException {
        MemberRecord record = store.record();
        try {
            inTime.run("bringing back the log of store '" + store.name() + "'", () -> {
                if (record.isJoining()) {
                    forget(store); // the leader knows this node as a new one, so an earlier life must not vote
                } else {
                    server.unpark(record.group());
                }
            });
            store.guard();
        } catch (IOException | RuntimeException | Error e) {
            boolean unused = close(
                    "the log of store '" + store.name() + "'",
                    () -> inTime.run("parking it", () -> server.park(record.group())));
            unused = close("the mark of store '" + store.name() + "'", store.mark());
            throw e;
        }
    }

    private void forget(OpenStore store) throws IOException {
        server.delete(store.record().group());
        store.mark().truncated(-1);
    }

    /** Ends a store's group on this node; its log still applies what is committed until this returns. */
    void closed(String name) {
        OpenStore store = stores.get(name);
        if (store == null) {
            return;
        }
        store.closes();
        try {
            if (!worker.isShutdown()) { // else the server is gone, and the next one parks what it finds
                inTime.run(
                        "stopping the group of store '" + name + "'",
                        () -> new StoreStop(store, options.self(), transport, server).run());
            }
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().addKeyValue("store", name).setCause(e).log("A Raft group was not closed in order");
        } finally {
            stores.remove(name);
            acks.forget(RaftGroupId.valueOf(store.record().group()));
            store.route().close();
            boolean unused = close("the mark of store '" + name + "'", store.mark());
        }
    }

    /** Deletes what is kept of a store that is closed. */
    void drop(Path folder) throws IOException {
        Optional<MemberRecord> record = MemberRecord.read(folder);
        if (record.isPresent()) {
            server.delete(record.get().group());
            SyncedFiles.delete(folder.resolve(StoreStart.MARK));
            SyncedFiles.delete(folder.resolve(MemberRecord.FILE));
        }
    }

    @Override
    public void restartServer(String reason, @Nullable Throwable cause) {
        restart.request(reason, cause);
    }

    @Override
    public CompletableFuture<LogIndex> fetchImage(OpenStore store, Member leader, long first) {
        return CompletableFuture.supplyAsync(
                () -> {
                    store.log().problems().set("image", "it has fallen behind and fetches a copy of the store");
                    try {
                        return images.fetch(store, leader, first, transport.channels());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } finally {
                        store.log().problems().clear("image");
                    }
                },
                worker);
    }

    private void tick() {
        ticks++;
        for (OpenStore store : stores.values()) {
            try {
                look(store);
            } catch (Throwable e) { // else the timer would not come again
                if (store.isClosing()) {
                    continue; // its mark may just have been closed
                }
                store.log().problems().set("mark", "the mark of its log cannot be written: " + e.getMessage());
                restartServer("the mark of store '" + store.name() + "' cannot be written", e);
            }
        }
    }

    private void look(OpenStore store) throws IOException {
        if (store.isClosing()) {
            return;
        }
        store.mark().force();
        boolean wanted = store.record().state() != MemberRecord.State.LEFT
                && !store.log().applier().isBroken();
        if (wanted && server.gaveUp(store.record().group())) {
            store.log().problems().set("log", "its part in the cluster has stopped, and is started anew");
            restartServer("Ratis has given up the group of store '" + store.name() + "'", null);
        } else if (ticks % DIGEST_TICKS == 0) {
            digests.compare(store, store.log().group().members(RaftPeerRole.FOLLOWER));
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Whatever one part does, the others are given back. */
    @Override
    public void close() {
        closed = true;
        openings.values().forEach(Opening::end);
        stores.values().forEach(OpenStore::closes);
        restarts.shutdownNow();
        timer.shutdownNow();
        boolean stopped = worker.isShutdown()
                || close("the Raft server", () -> inTime.run("stopping the Raft server", server::close));
        stores.values().forEach(OpenStore::orphan);
        transport.close();
        votes.close();
        worker.shutdownNow();
        if (stopped) { // else Ratis still uses the folder
            boolean unused = close("the lock of its folder", lock);
        }
    }

    /** False if it was not closed in order. */
    private static boolean close(String what, Closeable part) {
        try {
            part.close();
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().addKeyValue("part", what).setCause(e).log("A part of a node was not closed in order");
            return false;
        }
    }
}
