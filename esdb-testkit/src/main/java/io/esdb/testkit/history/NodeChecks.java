package io.esdb.testkit.history;

import io.esdb.RecordedEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether all nodes hold the same. */
final class NodeChecks {
    private final List<NodeContent> contents;
    private final Findings findings;

    NodeChecks(List<NodeContent> contents, Findings findings) {
        this.contents = contents;
        this.findings = findings;
    }

    void run() {
        contents.stream().skip(1).forEach(other -> compare(contents.get(0), other));
        compareDigests();
    }

    private void compare(NodeContent one, NodeContent other) {
        int common = Math.min(one.events().size(), other.events().size());
        for (int i = 0; i < common; i++) {
            RecordedEvent here = one.events().get(i);
            RecordedEvent there = other.events().get(i);
            if (!here.equals(there)) {
                findings.add(
                        Rule.NODES_AGREE,
                        "event " + i + ": node " + one.node() + " holds " + here + ", node " + other.node() + " "
                                + there);
                return;
            }
        }
        findings.require(
                one.events().size() == other.events().size(),
                Rule.NODES_AGREE,
                () -> "node " + one.node() + " holds " + one.events().size() + " events, node " + other.node() + " "
                        + other.events().size());
    }

    private void compareDigests() {
        Map<Long, String> known = new HashMap<>();
        for (NodeContent content : contents) {
            content.digests().forEach((index, digest) -> {
                String first = known.putIfAbsent(index, digest);
                findings.require(
                        first == null || first.equals(digest),
                        Rule.DIGESTS_AGREE,
                        () -> "at applied index " + index + " node " + content.node() + " has " + digest
                                + ", another has " + first);
            });
        }
    }
}
