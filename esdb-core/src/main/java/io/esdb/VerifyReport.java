package io.esdb;

import java.util.List;

/**
 * What {@link EventStore#verify} found.
 *
 * @param events how many events were read and checked
 * @param streams how many streams were walked
 * @param problems what is wrong, in words that name position, stream or file; empty if all is well; at most 100
 */
public record VerifyReport(long events, long streams, List<String> problems) {
    /** Copies the list. */
    public VerifyReport {
        problems = List.copyOf(problems);
    }

    /** Whether nothing is wrong. */
    public boolean isClean() {
        return problems.isEmpty();
    }
}
