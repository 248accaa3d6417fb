package io.esdb.raft;

import io.esdb.InvalidInput;
import java.time.Duration;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;

/**
 * Who holds copies of one store. Get it from {@link RaftNode#cluster}. All changes go through the leader, whichever node
 * they are asked of, and one at a time; each is committed when the call returns. Safe to use from any thread.
 *
 * <p>A node is added by starting it: it names itself and any members in its {@link RaftOptions}, opens the store and is
 * taken in. A node is replaced by starting another one and removing it; or, under its own name, by starting it with an
 * empty folder.
 *
 * <p>Calls end in {@link io.esdb.StoreUnavailable} if no leader did it in time (it may still be done later), in {@link
 * io.esdb.QuestionFailed} if the leader refused, in {@link io.esdb.StoreClosed} once the store is closed here, and in {@link
 * InvalidInput} if a name is none that a member can have, or a timeout is negative or longer than a day.
 */
public final class Cluster {
    private static final Duration LONGEST = Duration.ofDays(1);

    private final String self;
    private final StoreGroup group;
    private final LeaderRoute route;
    private final String store;

    Cluster(String store, String self, StoreGroup group, LeaderRoute route) {
        this.store = store;
        this.self = self;
        this.group = group;
        this.route = route;
    }

    /** The members that vote, as this node knows them, sorted by name. */
    public List<Member> voters() {
        return group.members(RaftPeerRole.FOLLOWER);
    }

    /** The members that only listen, as this node knows them, sorted by name. */
    public List<Member> listeners() {
        return group.members(RaftPeerRole.LISTENER);
    }

    /**
     * Removes a member; a name that is none is fine. What it stored stays on its disk. Most of the members that vote
     * must be there, and most of those that would be left; else it is refused. The member knows of it when the call
     * returns, if it can be reached within two seconds.
     */
    public void remove(String member, Duration timeout) {
        call(new PeerRequest.Remove(store, named(member)), timeout);
    }

    /**
     * Removes this node. Its store goes on being readable here until it is closed, and takes no writes. The only member
     * that votes is refused.
     */
    public void leave(Duration timeout) {
        remove(self, timeout);
    }

    /** Lets another member lead, say before this one is stopped. It has to be one that votes. */
    public void transfer(String member, Duration timeout) {
        call(new PeerRequest.Transfer(store, named(member)), timeout);
    }

    private void call(PeerRequest request, Duration timeout) {
        if (timeout == null || timeout.isNegative() || timeout.compareTo(LONGEST) > 0) {
            throw new InvalidInput("timeout", "must be between 0 and " + LONGEST + ", was " + timeout);
        }
        Waiting.forIt(store, route.send(request, timeout), timeout.plusSeconds(1));
    }

    private static String named(String member) {
        return Member.checkedName("member", member);
    }
}
