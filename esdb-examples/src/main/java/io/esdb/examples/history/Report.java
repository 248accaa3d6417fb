package io.esdb.examples.history;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a replay found.
 *
 * @param commits replayed
 * @param events that they have
 * @param streams in the store
 * @param checked text files of the tree
 * @param problems everything that is not as it should be
 * @param took from the start to here
 */
record Report(long commits, long events, long streams, long checked, List<String> problems, Duration took) {
    Report {
        problems = List.copyOf(problems);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "commits=%d events=%d streams=%d checked=%d wrong=%d seconds=%.1f",
                commits,
                events,
                streams,
                checked,
                problems.size(),
                took.toMillis() / 1000.0);
    }
}
