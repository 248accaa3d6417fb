package io.esdb.benchmarks;

import java.util.List;

/** All suites, in the order of the table. */
final class Suites {
    private Suites() {}

    static List<Suite> all() {
        return List.of(
                new AppendSuite(),
                new ReadSuite(),
                new CpuSuite(),
                new DiskSuite(),
                new EventIdSuite(),
                new ConditionSuite(),
                new ErasureSuite(),
                new AggregateSuite(),
                new OpenSuite(),
                new SubscriptionSuite(),
                new ManySubscriptionsSuite(),
                new ProjectionSuite(),
                new ClusterSuite(),
                new ClusterSubscriptionSuite());
    }
}
