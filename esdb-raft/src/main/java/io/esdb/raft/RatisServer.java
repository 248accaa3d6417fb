package io.esdb.raft;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.statemachine.StateMachine;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one Raft server of a process, with a group for each open store. The folders of groups whose stores are not open
 * are parked beside those that are: Ratis starts every group that it finds.
 */
final class RatisServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RatisServer.class);
    private static final long SETTLING_MILLIS = 2_000;
    /** A log that has failed answers nothing any more. */
    private static final long FAILED_MILLIS = 500;
    /** Longer than the pause before a server that failed is started anew. */
    private static final long STARTING_MILLIS = 30_000;

    private final String member;
    private final GroupGate gate;
    private final Path groups;
    private final Path parked;
    private final Supplier<RaftProperties> properties;
    private final Supplier<Parameters> parameters;
    private final ClientId client = ClientId.randomId();
    private final AtomicLong calls = new AtomicLong();
    private final Appenders appenders = new Appenders();
    private final Map<RaftGroupId, Supplier<StateMachine>> machines = new ConcurrentHashMap<>();
    private volatile @Nullable RaftServer server;
    private boolean closed;

    /**
     * @param gate what the requests of other servers pass
     * @param folder for the folders of groups
     * @param properties made anew for each start
     * @param parameters made anew for each start
     */
    RatisServer(
            String member,
            GroupGate gate,
            Path folder,
            Supplier<RaftProperties> properties,
            Supplier<Parameters> parameters) {
        this.member = member;
        this.gate = gate;
        this.groups = groups(folder);
        this.parked = parked(folder);
        this.properties = properties;
        this.parameters = parameters;
    }

    /** Where Ratis keeps the groups of open stores. */
    static Path groups(Path folder) {
        return folder.resolve("groups");
    }

    /** Where the groups are whose stores are not open. */
    static Path parked(Path folder) {
        return folder.resolve("parked");
    }

    synchronized void start() throws IOException {
        SyncedFiles.createFolders(groups);
        SyncedFiles.createFolders(parked);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(groups)) {
            for (Path group : left) {
                SyncedFiles.move(group, parked.resolve(group.getFileName()));
            }
        }
        startServer();
    }

    private synchronized void startServer() throws IOException {
        RatisExit.prevent();
        QuietLoggers.set();
        Parameters given = parameters.get();
        RatisRpc.setAppenders(given, appenders);
        RaftServer fresh = RaftServer.newBuilder()
                .setServerId(RaftPeerId.valueOf(member))
                .setStateMachineRegistry(this::machine)
                .setProperties(properties.get())
                .setParameters(given)
                .build();
        try {
            fresh.start();
            fresh.getGroupIds().forEach(gate::open);
            server = fresh;
            notifyAll();
        } catch (IOException | RuntimeException | Error e) {
            fresh.close();
            throw e;
        }
    }

    private StateMachine machine(RaftGroupId group) {
        Supplier<StateMachine> machine = machines.get(group);
        if (machine == null) {
            throw new IllegalStateException("group " + group + " belongs to no open store");
        }
        return machine.get();
    }

    /** Closes the server; {@link #restart} starts it anew with the same groups. */
    synchronized void stop() throws IOException {
        stop(FAILED_MILLIS);
    }

    private void stop(long settling) throws IOException {
        RaftServer old = server;
        server = null;
        if (old != null) {
            if (!gate.shutAll(settling)) {
                LOG.atDebug().log("The server is stopped while Ratis still has requests at hand");
            }
            old.getGroupIds().forEach(group -> CacheEviction.end(memberOf(old, group)));
            LogWorkers.stop(old, old.getGroupIds(), old::close);
        }
    }

    /** After {@link #stop}. */
    synchronized void restart() throws IOException {
        if (!closed && server == null) {
            startServer();
        }
    }

    /** The folder of a group while its store is open. */
    Path folder(UUID group) {
        return groups.resolve(group.toString());
    }

    /** Brings a parked group's folder back; afterwards {@link #folder} is there if the group ever was. */
    synchronized void unpark(UUID group) throws IOException {
        Path from = parked.resolve(group.toString());
        if (Files.isDirectory(from)) {
            SyncedFiles.move(from, folder(group));
        }
    }

    /**
     * Starts a group.
     *
     * @param initial the members if the group is new; none if the log or the leader knows them, but a listener itself:
     *     Ratis gives a node its role when the group starts, and would take it for a follower that gives up its group
     *     when it hears of no leader
     * @param machine makes a state machine for each start of the server
     */
    void add(UUID group, List<RaftPeer> initial, Supplier<StateMachine> machine) throws IOException {
        RaftGroupId id = RaftGroupId.valueOf(group);
        boolean format = !new TermFile(folder(group).resolve("current")).exists();
        machines.put(id, machine);
        try {
            RaftServer now = awaitRunning();
            if (!runs(now, id)) {
                check(now.groupManagement(GroupManagementRequest.newAdd(
                        client, now.getId(), calls.incrementAndGet(), RaftGroup.valueOf(id, initial), format)));
            }
        } catch (IOException | RuntimeException | Error e) {
            machines.remove(id);
            throw e;
        }
        SyncedFiles.syncFolder(groups); // if that fails the group runs, and is stopped when the store is closed
        gate.open(id);
    }

    /** A server that is started anew starts all groups that it finds. */
    private static boolean runs(RaftServer server, RaftGroupId group) {
        for (RaftGroupId running : server.getGroupIds()) {
            if (running.equals(group)) {
                return true;
            }
        }
        return false;
    }

    /** The server, also if it is just being started anew. */
    private synchronized RaftServer awaitRunning() throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STARTING_MILLIS);
        long left = STARTING_MILLIS;
        while (server == null && !closed && left > 0) {
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("interrupted while the server starts").initCause(e);
            }
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
        return running();
    }

    /** Stops a group, if it was started, and parks its folder. */
    void park(UUID group) throws IOException {
        RaftGroupId id = RaftGroupId.valueOf(group);
        if (!gate.shut(id, SETTLING_MILLIS)) {
            LOG.atDebug().log("Group {} is stopped while Ratis still has requests at hand", group);
        }
        remove(group, id);
    }

    private synchronized void remove(UUID group, RaftGroupId id) throws IOException {
        RaftServer now = server;
        appenders.forget(id);
        if (machines.remove(id) != null && now != null) {
            CacheEviction.end(memberOf(now, id));
            LogWorkers.stop(
                    now,
                    List.of(id),
                    () -> check(now.groupManagement(GroupManagementRequest.newRemove(
                            client, now.getId(), calls.incrementAndGet(), id, false, true))));
        } else if (Files.isDirectory(folder(group))) {
            SyncedFiles.move(folder(group), parked.resolve(group.toString()));
        }
    }

    private static RaftGroupMemberId memberOf(RaftServer server, RaftGroupId group) {
        return RaftGroupMemberId.valueOf(server.getId(), group);
    }

    /** How long no other server has sent anything to a group; since it runs here, if none ever has. */
    Duration silence(UUID group) {
        return gate.silence(RaftGroupId.valueOf(group));
    }

    /** Whether Ratis has given a group up by itself, on a server that runs. */
    boolean gaveUp(UUID group) {
        RaftGroupId id = RaftGroupId.valueOf(group);
        RaftServer now = server;
        if (now == null || !machines.containsKey(id)) {
            return false;
        }
        if (now.getLifeCycleState().isClosingOrClosed()) {
            return true;
        }
        try {
            LifeCycle.State state = now.getDivision(id).getInfo().getLifeCycleState();
            return state.isClosingOrClosed() || state == LifeCycle.State.EXCEPTION;
        } catch (IOException e) {
            return false; // it is being added, or the server is being closed
        }
    }

    /** Deletes all that is left of a group that is not running. */
    synchronized void delete(UUID group) throws IOException {
        Folders.delete(parked.resolve(group.toString()));
        Folders.delete(folder(group));
    }

    RaftServer.Division division(UUID group) throws IOException {
        return running().getDivision(RaftGroupId.valueOf(group));
    }

    /** The server; a restart may replace it at any time. */
    RaftServer running() throws IOException {
        RaftServer now = server;
        if (now == null) {
            throw new IOException("the Raft server is not running");
        }
        return now;
    }

    Appenders appenders() {
        return appenders;
    }

    ClientId client() {
        return client;
    }

    long nextCall() {
        return calls.incrementAndGet();
    }

    static RaftPeer peer(Member member) {
        return RaftPeer.newBuilder()
                .setId(member.name())
                .setAddress(member.address())
                .build();
    }

    static RaftPeer listener(Member member) {
        return RaftPeer.newBuilder(peer(member))
                .setStartupRole(RaftPeerRole.LISTENER)
                .build();
    }

    static void check(RaftClientReply reply) throws IOException {
        if (!reply.isSuccess()) {
            throw reply.getException() == null ? new IOException("refused: " + reply) : reply.getException();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        try {
            stop(SETTLING_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
