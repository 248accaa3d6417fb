package io.esdb.raft;

import io.esdb.raft.MemberRecord.State;
import io.esdb.raft.PeerAnswer.Done;
import io.esdb.raft.PeerAnswer.Phase;
import io.esdb.raft.PeerAnswer.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A store on its way into a group, as other nodes see it and move it on. What they are told is on disk before. */
final class Opening {
    private final String store;
    private final Path folder;
    private final RaftOptions options;
    private @Nullable MemberRecord record;
    private long changes;
    private boolean ended;

    /** @param record what is on disk, if anything is */
    Opening(String store, Path folder, RaftOptions options, @Nullable MemberRecord record) {
        this.store = store;
        this.folder = folder;
        this.options = options;
        this.record = record;
    }

    synchronized @Nullable MemberRecord record() {
        return record;
    }

    synchronized PeerAnswer state() {
        MemberRecord now = record;
        return now == null
                ? new PeerAnswer.State(Phase.NEW, null, options.members())
                : new PeerAnswer.State(
                        now.state() == State.FORMING ? Phase.PREPARED : Phase.MEMBER, now.group(), now.founders());
    }

    /** A group of these members is being made. An earlier one that was not settled never started anywhere. */
    synchronized PeerAnswer prepare(UUID group, List<Member> members) throws IOException {
        if (options.listener()) {
            return new Refused("member '" + options.self().name()
                    + "' is a read replica, so the others must not name it: it joins when they have formed");
        }
        if (record != null && record.state() != State.FORMING) {
            return new Refused("member '" + options.self().name() + "' is in a group already");
        }
        if (!options.members().containsAll(members) || !members.containsAll(options.members())) {
            return new Refused("member '" + options.self().name() + "' was given the members "
                    + Formation.text(options.members()) + ", not " + Formation.text(members));
        }
        save(new MemberRecord(store, group, options.self(), State.FORMING, false, members));
        return Done.nothing();
    }

    /** The group is agreed on by all. */
    synchronized PeerAnswer settle(UUID group) throws IOException {
        MemberRecord now = record;
        if (now == null || !now.group().equals(group)) {
            return new Refused("member '" + options.self().name() + "' does not know this group");
        }
        if (now.state() == State.FORMING) {
            save(now.with(State.AGREED));
        }
        return Done.nothing();
    }

    /** A group that has formed already takes this node in. */
    synchronized MemberRecord joining(UUID group) throws IOException {
        return save(new MemberRecord(store, group, options.self(), State.AGREED, options.listener(), List.of()));
    }

    /** This node makes a group of itself alone. */
    synchronized MemberRecord alone() throws IOException {
        return save(new MemberRecord(
                store, UUID.randomUUID(), options.self(), State.AGREED, false, List.of(options.self())));
    }

    private MemberRecord save(MemberRecord fresh) throws IOException {
        SyncedFiles.createFolders(folder);
        fresh.write(folder);
        record = fresh;
        changes++;
        notifyAll();
        return fresh;
    }

    /** The node is being closed: nobody needs to wait any more. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /** Returns when the record has changed, the node is being closed, or after this time. */
    synchronized void awaitChange(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        long before = changes;
        long left = millis;
        while (before == changes && !ended && left > 0) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }
}
