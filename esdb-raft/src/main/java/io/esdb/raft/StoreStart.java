package io.esdb.raft;

import io.esdb.InvalidInput;
import io.esdb.StoreUnavailable;
import io.esdb.raft.MemberRecord.State;
import io.esdb.spi.LogConsumer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings one store into its group on this node, step by step. */
final class StoreStart {
    static final String MARK = "acknowledged";

    private final NodeParts parts;
    private final RaftOptions options;
    private final String store;
    private final Path folder;
    private final Duration timeout;
    private final LogConsumer consumer;

    StoreStart(NodeParts parts, String store, Path folder, Duration timeout, LogConsumer consumer) {
        this.parts = parts;
        this.options = parts.options();
        this.store = store;
        this.folder = folder;
        this.timeout = timeout;
        this.consumer = consumer;
    }

    OpenStore run() throws IOException, InterruptedException {
        MemberRecord known = usable(MemberRecord.read(folder).orElse(null));
        MemberRecord record = known != null && known.state() != State.FORMING ? known : formed(known);
        OpenStore open = open(record);
        try {
            parts.add(open);
            settled(open);
            return open;
        } catch (IOException | RuntimeException | Error e) {
            open.log().close();
            throw e;
        }
    }

    private @Nullable MemberRecord usable(@Nullable MemberRecord record) throws IOException {
        if (record == null) {
            if (consumer.applied().index() >= 0) {
                throw new InvalidInput(
                        "store", "'" + store + "' was opened alone until now; promote it to make a cluster of it");
            }
            return null;
        }
        if (!record.member().equals(options.self().name())) {
            throw new InvalidInput(
                    "self", "must be member '" + record.member() + "', whose copy of '" + store + "' is in " + folder);
        }
        if (record.state() == State.LEFT) {
            throw new StoreUnavailable(
                    store, "this node was removed from its cluster; delete its copy to let it join again", null);
        }
        requireSame(record);
        if (record.isJoining()) {
            parts.server().delete(record.group()); // it stopped while it was joining, and joins from the start
            return null;
        }
        return record;
    }

    /** The others know this node by its address, and in its role. */
    private void requireSame(MemberRecord record) {
        if (record.isJoining() || record.state() == State.FORMING) {
            return; // they do not know it yet
        }
        if (!record.self().equals(options.self())) {
            throw new InvalidInput(
                    "self", "must be at " + record.self().address() + ", where the others know the copy in " + folder);
        }
        if (record.listener() != options.listener()) {
            throw new InvalidInput(
                    "listener", "must be " + record.listener() + ", as when the others took in the copy in " + folder);
        }
    }

    private MemberRecord formed(@Nullable MemberRecord known) throws IOException, InterruptedException {
        Opening opening = new Opening(store, folder, options, known);
        parts.openings().put(store, opening);
        try {
            if (parts.isClosed()) {
                opening.end();
            }
            return new Formation(store, options, parts.peers(), opening).run();
        } finally {
            parts.openings().remove(store);
        }
    }

    private OpenStore open(MemberRecord record) throws IOException {
        RatisServer server = parts.server();
        StoreGroup group = new StoreGroup(server, record.group(), options.electionTimeout());
        LeaderRoute route = new LeaderRoute(store, parts.peers(), group::standing, () -> known(group), parts.timer());
        LogMark mark = LogMark.open(folder.resolve(MARK));
        RatisCommandLog log = new RatisCommandLog(
                store,
                timeout,
                options.entryBytes() - ItemGroup.HEADER - Item.OVERHEAD,
                group,
                consumer,
                new Forwarder(store, parts.peers(), () -> known(group)),
                new LeaderQuestions(store, options.self().name(), route),
                () -> parts.closed(store));
        return new OpenStore(
                store,
                folder,
                server.folder(record.group()),
                record,
                log,
                mark,
                new Membership(server, group),
                route,
                parts);
    }

    /** The members of the group, or who is said to be one as long as the group is not known. */
    private List<Member> known(StoreGroup group) {
        List<Member> members = group.members();
        return members.size() > 1 ? members : options.members();
    }

    /** Waits until this node counts as a member; one that made the group does from the start. */
    private void settled(OpenStore open) throws IOException {
        if (open.record().state() != State.AGREED) {
            return;
        }
        if (open.record().isJoining()) {
            Duration patience = options.formationTimeout();
            Waiting.forIt(
                    store,
                    open.route().send(new PeerRequest.Add(store, options.self(), options.listener()), patience),
                    patience.plusSeconds(5));
        }
        open.become(State.FORMED);
    }
}
