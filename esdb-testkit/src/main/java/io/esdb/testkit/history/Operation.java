package io.esdb.testkit.history;

import java.util.Locale;

/**
 * One call of a client and how it ended. Times are of {@link System#nanoTime} in one JVM, so an operation that ended
 * before another was invoked did happen before it.
 *
 * @param client the client, which has one call under way at most
 * @param node the node it was sent to
 * @param opening which of all opened stores it was sent to; a node that is started again has another one
 * @param invoked just before the call, in nanoseconds since any fixed moment of the history
 * @param ended just after the call; {@link #NEVER} if it had not returned when the history was taken
 * @param request what was asked
 * @param outcome what was answered
 */
public record Operation(int client, int node, int opening, long invoked, long ended, Request request, Outcome outcome) {
    /** The end of a call that has not returned. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public String toString() {
        return millis(invoked) + " .. " + (ended == NEVER ? "never" : millis(ended)) + " client " + client + " node "
                + node + "/" + opening + ": " + request + " -> " + outcome;
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.6f", nanos / NANOS_PER_MILLI);
    }
}
