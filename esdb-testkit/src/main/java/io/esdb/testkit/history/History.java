package io.esdb.testkit.history;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What all clients did and were told, in the order of invocation. Printed, it has a line for each operation.
 *
 * @param operations sorted by {@link Operation#invoked}
 */
public record History(List<Operation> operations) {
    /** Copies and sorts the list. */
    public History {
        operations = operations.stream()
                .sorted(Comparator.comparingLong(Operation::invoked))
                .toList();
    }

    /** How many appends were acknowledged, retries not counted. */
    public long acknowledged() {
        return operations.stream()
                .filter(operation -> operation.outcome() instanceof Outcome.Appended)
                .filter(operation -> operation.request() instanceof Request.Append append && !append.retry())
                .count();
    }

    @Override
    public String toString() {
        return operations.stream().map(Operation::toString).collect(Collectors.joining("\n"));
    }
}
