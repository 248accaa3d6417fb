package io.esdb.examples.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Whether all nodes hold the same. */
final class Agreement {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Agreement() {}

    /** What is different between the nodes that run when they had so long to catch up; empty if nothing is. */
    static List<String> differences(Nodes nodes, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        Map<String, Answer> states = nodes.askAll("state");
        while (!agree(states) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(PAUSE.toNanos());
            states = nodes.askAll("state");
        }
        return agree(states) ? List.of() : shown(states);
    }

    /** Equal in all: applied entries, last position, digest of everything ever applied. */
    private static boolean agree(Map<String, Answer> states) {
        boolean answered = states.values().stream().allMatch(state -> state.failure() == null);
        return answered && new HashSet<>(states.values()).size() <= 1;
    }

    private static List<String> shown(Map<String, Answer> states) {
        List<String> shown = new ArrayList<>();
        states.forEach((name, state) -> shown.add(name + " differs: " + state));
        return shown;
    }
}
