package io.esdb.examples.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a replay on several nodes found.
 *
 * @param nodes how many
 * @param commits replayed
 * @param events that they have
 * @param leaderKills how many leaders were killed meanwhile
 * @param problems everything that is not as it should be, on any node
 * @param took from the first append to the last check
 */
record ReplayReport(int nodes, long commits, long events, int leaderKills, List<String> problems, Duration took) {
    ReplayReport {
        problems = List.copyOf(problems);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "nodes=%d commits=%d events=%d leader_kills=%d wrong=%d seconds=%.1f",
                nodes,
                commits,
                events,
                leaderKills,
                problems.size(),
                took.toMillis() / 1000.0);
    }
}
