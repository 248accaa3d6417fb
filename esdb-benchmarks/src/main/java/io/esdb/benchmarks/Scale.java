package io.esdb.benchmarks;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rounds rounds of a contest whose rounds are short
 * @param longRounds rounds of a contest whose rounds fill whole stores
 * @param nodeRounds rounds of a contest that ends and starts nodes of a cluster
 * @param round how long one round of a workload without a fixed size takes
 * @param nodeRound how long one round of appends to a cluster takes
 * @param nodeStores how many stores a node has where it has many
 * @param readEvents events in the store that reads go to, a multiple of 20
 * @param projectedEvents events in the store that projections come through, a multiple of 200
 * @param smallLoad events of the smaller store where two sizes are compared
 * @param largeLoad events of the larger one, also those of the store that is opened
 * @param fewStreams streams where few are compared with many
 * @param manyStreams streams of the other store; both stores have twice as many events
 * @param idEvents events of a load that compares event ids
 * @param subscriptions subscriptions where there are many; then ten times as many streams
 * @param bytesLoad events of 256 bytes to measure the bytes written by; of 4 KiB it is a fifth of them
 */
record Scale(
        int rounds,
        int longRounds,
        int nodeRounds,
        Duration round,
        Duration nodeRound,
        int nodeStores,
        int readEvents,
        int projectedEvents,
        int smallLoad,
        int largeLoad,
        int fewStreams,
        int manyStreams,
        int idEvents,
        int subscriptions,
        int bytesLoad) {

    /** A quarter of an hour at most on a small machine. */
    static Scale normal() {
        return new Scale(
                5,
                3,
                7,
                Duration.ofMillis(300),
                Duration.ofMillis(1_500),
                20,
                200_000,
                1_000_000,
                50_000,
                500_000,
                1_000,
                100_000,
                200_000,
                1_000,
                500_000);
    }

    /** Five minutes at most, and less to rely on. */
    static Scale quick() {
        return new Scale(
                3,
                3,
                1,
                Duration.ofMillis(200),
                Duration.ofMillis(300),
                3,
                100_000,
                400_000,
                20_000,
                100_000,
                500,
                20_000,
                50_000,
                1_000,
                150_000);
    }

    /** The sizes that the goals are stated for. It takes hours and 30 GB of disk. */
    static Scale full() {
        return new Scale(
                7,
                3,
                20,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                20,
                200_000,
                5_000_000,
                1_000_000,
                10_000_000,
                1_000,
                1_000_000,
                1_000_000,
                1_000,
                10_000_000);
    }

    /** Enough to see every line of code run. */
    static Scale tiny() {
        return new Scale(
                1, 1, 1, Duration.ofMillis(20), Duration.ofMillis(20), 2, 400, 400, 100, 200, 10, 50, 200, 20, 500);
    }

    /** Whether each side runs once unmeasured before its rounds; where nothing but running matters, it need not. */
    boolean warmUp() {
        return rounds > 1;
    }
}
