package io.esdb;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a store is doing on one node, as that node sees it at one moment.
 *
 * @param role what the node does in the cluster; a store without peers leads itself
 * @param member the node's name; empty for a store without peers
 * @param leader the leader's name; null while none is known, empty for a store without peers
 * @param term the term of the present leader, or the last one known
 * @param applied the last log entry whose effects can be read on this node, -1 before the first
 * @param committed the last log entry that is known to be decided for good, -1 before the first
 * @param peers what the leader knows of the other members, sorted by name; empty on all other nodes
 * @param problems what keeps the node from working as it should, in words for an operator; empty if it is healthy
 */
public record StoreStatus(
        NodeRole role,
        String member,
        @Nullable String leader,
        long term,
        long applied,
        long committed,
        List<PeerStatus> peers,
        List<String> problems) {

    /** Copies the lists. */
    public StoreStatus {
        peers = List.copyOf(peers);
        problems = List.copyOf(problems);
    }

    /** Whether nothing is wrong: there is a leader, and no problem is known. */
    public boolean isHealthy() {
        return problems.isEmpty() && leader != null;
    }

    /** The same with one problem more. */
    public StoreStatus withProblem(String problem) {
        List<String> more = new ArrayList<>(problems);
        more.add(problem);
        return new StoreStatus(role, member, leader, term, applied, committed, peers, more);
    }
}
