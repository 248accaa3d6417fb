package io.esdb.raft;

import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    private static final int PARKING_SECONDS = 20;
    private static final Duration ACKNOWLEDGING = Duration.ofSeconds(3);
    private static final Duration HELLO = Duration.ofMillis(300);

    private final RaftOptions options;
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
    private int ticks;

    private NodeParts(Path folder, RaftOptions options) throws IOException {
        this.options = options;
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
        NodeParts parts = new NodeParts(folder, options);
        try {
            parts.transport.checkAddress();
            parts.server.start();
            ScheduledFuture<?> unused = parts.timer.scheduleWithFixedDelay(parts::tick, 1, 1, TimeUnit.SECONDS);
            return parts;
        } catch (IOException | RuntimeException e) {
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
            if (record.isJoining()) {
                forget(store); // the leader knows this node as a new one, so an earlier life must not vote
            } else {
                server.unpark(record.group());
            }
            store.guard();
        } catch (IOException | RuntimeException e) {
            server.park(record.group());
            store.mark().close();
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
            handOver(store);
            parkInTime(store);
            acks.forget(RaftGroupId.valueOf(store.record().group()));
            store.mark().close();
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().addKeyValue("store", name).setCause(e).log("A Raft group was not closed in order");
        } finally {
            stores.remove(name);
        }
    }

    /** A leader that is about to stop lets another member lead, so that nobody has to wait for an election. */
    private void handOver(OpenStore store) {
        StoreGroup group = store.log().group();
        if (!group.standing().leading()) {
            return;
        }
        Optional<Member> other = group.members(RaftPeerRole.FOLLOWER).stream()
                .filter(member -> !member.name().equals(options.self().name()) && isOpenAt(member, store.name()))
                .findFirst();
        if (other.isPresent()) {
            LOG.atDebug()
                    .addKeyValue("store", store.name())
                    .addKeyValue("to", other.get().name())
                    .log("Leadership is handed over");
            try {
                store.membership().handOver(other.get().name());
            } catch (IOException | RuntimeException e) {
                LOG.atDebug().addKeyValue("store", store.name()).setCause(e).log("Leadership was not handed over");
            }
        }
    }

    /** Several nodes that stop one after the other would else wait for each other. */
    private boolean isOpenAt(Member member, String store) {
        try {
            PeerAnswer answer =
                    transport.send(member, new PeerRequest.Hello(store), HELLO).join();
            return answer instanceof PeerAnswer.State state && state.phase() == PeerAnswer.Phase.MEMBER;
        } catch (CompletionException e) {
            return false;
        }
    }

    /** Whatever Ratis may wait for, closing a store must not take for ever. */
    private void parkInTime(OpenStore store) throws IOException {
        if (worker.isShutdown()) {
            return; // the server is gone, and the next one parks what it finds
        }
        CompletableFuture<Void> parked = CompletableFuture.runAsync(
                () -> {
                    try {
                        server.park(store.record().group());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                worker);
        try {
            parked.get(PARKING_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("Ratis did not stop the group within " + PARKING_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw new IOException("the group could not be stopped", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the group was being stopped", e);
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
            } catch (IOException | RuntimeException e) {
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

    @Override
    public void close() {
        stores.values().forEach(OpenStore::closes);
        restarts.shutdownNow();
        timer.shutdownNow();
        server.close();
        stores.values().forEach(store -> store.log().nodeClosed());
        transport.close();
        votes.close();
        worker.shutdownNow();
    }
}
