package io.esdb.aggregates;

import io.esdb.Consistency;
import java.util.function.Consumer;

/**
 * How commands are executed.
 *
 * @param consistency what the first load of a command is sure to see, default {@link Consistency#LINEARIZABLE}. With {@code
 *     LOCAL} a node that is behind the others may refuse a command by an older state; what it appends is safe either way.
 *     After a conflict every load is linearizable
 * @param conflictRetries how many times a command is decided again after another append came in between; 0 to 10,000,
 *     default 100
 * @param indeterminateRetries how many times an append without an answer is sent again, with the same event ids; 0 to
 *     1,000, default 2. Each waits up to the store's timeout
 * @param keepSnapshots how many snapshots of a stream stay, 1 to 1,000; default 2
 * @param cachedStates how many states of streams stay in memory, those used last; 0 to 1,000,000, default 0. A load then
 *     reads only the events after such a state. As with a snapshot, earlier events that are hidden meanwhile still count in it
 * @param problems is told when a snapshot could not be used or saved, on any thread; it must not block. It is logged as
 *     well
 */
public record AggregateOptions(
        Consistency consistency,
        int conflictRetries,
        int indeterminateRetries,
        int keepSnapshots,
        int cachedStates,
        Consumer<? super SnapshotProblem> problems) {
    private static final AggregateOptions DEFAULTS =
            new AggregateOptions(Consistency.LINEARIZABLE, 100, 2, 2, 0, problem -> {});

    /** @throws io.esdb.InvalidInput if a component is null or out of its bounds */
    public AggregateOptions {
        Check.notNull("consistency", consistency);
        Check.between("conflictRetries", 0, 10_000, conflictRetries);
        Check.between("indeterminateRetries", 0, 1_000, indeterminateRetries);
        Check.between("keepSnapshots", 1, 1_000, keepSnapshots);
        Check.between("cachedStates", 0, 1_000_000, cachedStates);
        Check.notNull("problems", problems);
    }

    /** The defaults named above. */
    public static AggregateOptions defaults() {
        return DEFAULTS;
    }

    /** The same options with this consistency of first loads. */
    public AggregateOptions withConsistency(Consistency consistency) {
        return new AggregateOptions(
                consistency, conflictRetries, indeterminateRetries, keepSnapshots, cachedStates, problems);
    }

    /** The same options with these retries: after conflicts, and of appends without an answer. */
    public AggregateOptions withRetries(int conflictRetries, int indeterminateRetries) {
        return new AggregateOptions(
                consistency, conflictRetries, indeterminateRetries, keepSnapshots, cachedStates, problems);
    }

    /** The same options with this many snapshots kept. */
    public AggregateOptions withKeepSnapshots(int keepSnapshots) {
        return new AggregateOptions(
                consistency, conflictRetries, indeterminateRetries, keepSnapshots, cachedStates, problems);
    }

    /** The same options with this many states in memory. */
    public AggregateOptions withCachedStates(int cachedStates) {
        return new AggregateOptions(
                consistency, conflictRetries, indeterminateRetries, keepSnapshots, cachedStates, problems);
    }

    /** The same options with this listener. */
    public AggregateOptions withProblems(Consumer<? super SnapshotProblem> problems) {
        return new AggregateOptions(
                consistency, conflictRetries, indeterminateRetries, keepSnapshots, cachedStates, problems);
    }
}
