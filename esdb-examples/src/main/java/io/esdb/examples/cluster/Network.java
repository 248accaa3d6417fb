package io.esdb.examples.cluster;

import io.esdb.raft.NetworkFilter;
import java.util.Set;

/** The connections of one node, which can be cut between two groups of nodes. */
final class Network implements NetworkFilter {
    private volatile Set<String> apart = Set.of();

    /** Cuts these nodes off from all others; nobody is cut off by the empty set. */
    void partition(Set<String> names) {
        apart = Set.copyOf(names);
    }

    @Override
    public boolean open(String from, String to) {
        Set<String> now = apart;
        return now.contains(from) == now.contains(to);
    }
}
