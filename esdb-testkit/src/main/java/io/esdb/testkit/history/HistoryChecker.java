package io.esdb.testkit.history;

import java.util.List;

/**
 * Compares what clients did and were told with what every node holds in the end. It is exact: if it finds nothing,
 * there is one order of all operations that fits the log, their answers and their times.
 *
 * <p>Clients may append, retry and read; streams that are deleted, trimmed or limited while the clients run make it
 * find violations where there are none. It takes time in proportion to {@code n log n} for n operations.
 */
public final class HistoryChecker {
    private HistoryChecker() {}

    /**
     * All broken promises, none if all is well.
     *
     * @param history everything that ever changed the store
     * @param contents what each node holds after the last client has stopped; at least one
     * @throws IllegalArgumentException if there is no content, or clients sent an event id with different events
     */
    public static List<Violation> check(History history, List<NodeContent> contents) {
        if (contents.isEmpty()) {
            throw new IllegalArgumentException("there must be the content of at least one node");
        }
        Findings findings = new Findings();
        FinalLog log = new FinalLog(contents.get(0).events());
        SentAppends appends = SentAppends.of(history, log);
        checkFailures(history, findings);
        new NodeChecks(contents, findings).run();
        boolean dense = new LogChecks(log, findings).run();
        new AppendChecks(log, appends, findings).run();
        if (dense) {
            checkOrder(history, log, appends, findings);
        }
        return findings.violations();
    }

    private static void checkFailures(History history, Findings findings) {
        for (Operation operation : history.operations()) {
            findings.require(
                    !(operation.outcome() instanceof Outcome.Failed), Rule.FAILURE_ALLOWED, operation::toString);
        }
    }

    private static void checkOrder(History history, FinalLog log, SentAppends appends, Findings findings) {
        Boundaries boundaries = new Boundaries(log, appends);
        Refusals refusals = new Refusals(log, boundaries);
        Timeline timeline = new Timeline(history, log, appends, refusals);
        new DecisionChecks(log, appends, refusals, timeline, findings).run();
        new ReadChecks(history, log, boundaries, timeline, findings).run();
    }
}
