package io.esdb.benchmarks;

import io.esdb.ExpectedRevision;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * What idle subscriptions take.
 *
 * @param kilobytes of the heap, after a collection, for each subscription
 * @param threads at most, while events were appended; without those that were there before
 * @param cpuMicros the CPU time of the process for each append
 */
record IdleFigures(double kilobytes, double threads, double cpuMicros) {
    private static final double KB = 1e3;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Opens so many subscriptions, and appends an event to each of so many streams that none of them selects. */
    static IdleFigures of(Esdb esdb, IdleSubscriptions.Kind kind, int subscriptions, int streams) throws Exception {
        append(esdb, "before", 100);
        long heap = heap();
        int threads = THREADS.getThreadCount();
        try (IdleSubscriptions idle = kind.open(esdb.store())) {
            idle.add(subscriptions);
            double kilobytes = (heap() - heap) / KB / Math.max(1, subscriptions);
            THREADS.resetPeakThreadCount();
            double before = Cpu.micros();
            append(esdb, "order", streams);
            double cpu = (Cpu.micros() - before) / streams;
            idle.check();
            return new IdleFigures(kilobytes, THREADS.getPeakThreadCount() - threads, cpu);
        }
    }

    private static void append(Esdb esdb, String category, int streams) {
        Samples samples = Samples.small();
        for (int i = 0; i < streams; i++) {
            long revision = esdb.store()
                    .append(category + "-" + i, ExpectedRevision.noStream(), samples.event(i))
                    .lastRevision();
            Expect.equal("revision", 0, revision);
        }
    }

    private static long heap() {
        System.gc();
        System.gc(); // what the first one found to be finalized
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
