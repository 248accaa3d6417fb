package io.esdb.raft.testkit.soak;

import io.esdb.NodeRole;
import io.esdb.StoreStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who was seen to lead which term, and whether a node forgot a term that it had known. Safe from any thread. */
final class Terms {
    private final Map<Long, String> leaders = new HashMap<>();
    private final Map<String, Long> known = new HashMap<>();
    private final List<String> findings = new ArrayList<>();
    private long last;

    /** What a node says now; its answers come in order. */
    synchronized void add(StoreStatus status) {
        if (status.role() == NodeRole.OUTSIDE) { // its part in the cluster does not run, and knows no term
            return;
        }
        String node = status.member();
        long before = known.getOrDefault(node, 0L);
        if (status.term() < before) {
            findings.add(node + " was in term " + before + " and is in term " + status.term());
        }
        known.put(node, Math.max(before, status.term()));
        last = Math.max(last, status.term());
        if (status.role() == NodeRole.LEADER) {
            String other = leaders.putIfAbsent(status.term(), node);
            if (other != null && !other.equals(node)) {
                findings.add("term " + status.term() + " was led by " + other + " and by " + node);
            }
        }
    }

    /** The newest term that anybody was in. */
    synchronized long last() {
        return last;
    }

    /** How many terms had a leader that was seen. */
    synchronized int led() {
        return leaders.size();
    }

    synchronized List<String> findings() {
        return List.copyOf(findings);
    }
}
