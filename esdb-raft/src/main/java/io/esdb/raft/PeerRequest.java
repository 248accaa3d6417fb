package io.esdb.raft;

import io.esdb.raft.Forwarding.Batch;
import java.util.List;
import java.util.UUID;

/** What nodes ask of each other beside what Ratis does. Written down by {@link PeerCodec}. */
sealed interface PeerRequest {
    /** The store it is about. */
    String store();

    /** What do you know of this store? Answered with {@link PeerAnswer.State}. */
    record Hello(String store) implements PeerRequest {}

    /** Make ready for a group of these members; it overrides an earlier one that was not settled. */
    record Prepare(String store, UUID group, List<Member> members) implements PeerRequest {}

    /** All members were ready: the group may be started. */
    record Settle(String store, UUID group) implements PeerRequest {}

    /**
     * To the leader: a node without data wants to be a member. If it was one, it is removed first, since it may have
     * forgotten what it voted and acknowledged. Answered with {@link PeerAnswer.State}.
     */
    record Join(String store, Member member) implements PeerRequest {}

    /** To the leader: the group was started on that node, so it can be made a member. */
    record Add(String store, Member member, boolean listener) implements PeerRequest {}

    /** To the leader: this member is one no more. */
    record Remove(String store, String member) implements PeerRequest {}

    /** To the leader: let this member lead. */
    record Transfer(String store, String member) implements PeerRequest {}

    /** To a member that was removed; whoever else lives at its address is not meant. */
    record Removed(String store, UUID group, String member) implements PeerRequest {}

    /** To the leader: items for the log. */
    record Forward(String store, Batch batch) implements PeerRequest {}

    /** To the leader: a question to its consumer. */
    record Ask(String store, byte[] question) implements PeerRequest {}

    /** Which digest does your state have at this index? Answered with its bytes, none if it is not known. */
    record Digest(String store, long index) implements PeerRequest {}
}
