package io.esdb.raft.testkit;

import io.esdb.raft.NetworkFilter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections between the nodes of a cluster; each direction can be cut by itself. */
final class Links implements NetworkFilter {
    private final Set<Link> cut = ConcurrentHashMap.newKeySet();

    @Override
    public boolean open(String from, String to) {
        return cut.isEmpty() || !cut.contains(new Link(from, to));
    }

    void cut(String from, String to) {
        cut.add(new Link(from, to));
    }

    void heal() {
        cut.clear();
    }

    void heal(String node) {
        cut.removeIf(link -> link.from().equals(node) || link.to().equals(node));
    }

    private record Link(String from, String to) {}
}
