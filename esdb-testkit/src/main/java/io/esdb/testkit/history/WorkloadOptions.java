package io.esdb.testkit.history;

/**
 * What a workload does. The same seed makes each client draw the same numbers; what comes of them depends on answers.
 *
 * @param seed what all choices follow from
 * @param clients how many threads send requests, 1 or more
 * @param nodes how many nodes they send them to, 1 or more
 * @param contended how many streams all clients append to, 1 or more
 * @param acknowledged clients stop after so many acknowledged appends, retries not counted; more by what is under way
 */
public record WorkloadOptions(long seed, int clients, int nodes, int contended, long acknowledged) {
    /** @throws IllegalArgumentException if a number is too small */
    public WorkloadOptions {
        if (clients < 1 || nodes < 1 || contended < 1 || acknowledged < 0) {
            throw new IllegalArgumentException("too few clients, nodes, contended streams or appends: " + clients + ", "
                    + nodes + ", " + contended + ", " + acknowledged);
        }
    }

    /** Six clients, three nodes, three contended streams, and an end after 1,000 appends. */
    public static WorkloadOptions seeded(long seed) {
        return new WorkloadOptions(seed, 6, 3, 3, 1_000);
    }

    /** The same with so many clients. */
    public WorkloadOptions withClients(int clients) {
        return new WorkloadOptions(seed, clients, nodes, contended, acknowledged);
    }

    /** The same with so many nodes. */
    public WorkloadOptions withNodes(int nodes) {
        return new WorkloadOptions(seed, clients, nodes, contended, acknowledged);
    }

    /** The same with so many contended streams. */
    public WorkloadOptions withContended(int contended) {
        return new WorkloadOptions(seed, clients, nodes, contended, acknowledged);
    }

    /** The same with another end; {@link Long#MAX_VALUE} to go on until {@link Workload#stop}. */
    public WorkloadOptions withAcknowledged(long acknowledged) {
        return new WorkloadOptions(seed, clients, nodes, contended, acknowledged);
    }
}
