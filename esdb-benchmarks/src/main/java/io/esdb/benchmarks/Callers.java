package io.esdb.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that do the same thing again and again for some time. */
final class Callers {
    private Callers() {}

    /** What one caller does once. */
    @FunctionalInterface
    interface Task {
        /** Does it, as one of the callers, which are counted from 0. */
        void run(int caller) throws Exception;
    }

    /** How many tasks a second all of them did together. */
    static double rate(int callers, Duration duration, Task task) throws Exception {
        CyclicBarrier start = new CyclicBarrier(callers);
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Callable<Run>> loops = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                int caller = i;
                loops.add(() -> loop(caller, start, duration, task));
            }
            return rate(threads.invokeAll(loops));
        } finally {
            threads.shutdown();
        }
    }

    private static Run loop(int caller, CyclicBarrier start, Duration duration, Task task) throws Exception {
        start.await();
        long from = System.nanoTime();
        long until = from + duration.toNanos();
        long done = 0;
        while (System.nanoTime() < until) {
            task.run(caller);
            done++;
        }
        return new Run(done, from, System.nanoTime());
    }

    private static double rate(List<Future<Run>> futures) throws InterruptedException, ExecutionException {
        long done = 0;
        long from = Long.MAX_VALUE;
        long until = Long.MIN_VALUE;
        for (Future<Run> future : futures) {
            Run run = future.get();
            done += run.done();
            from = Math.min(from, run.from());
            until = Math.max(until, run.until());
        }
        return done * 1e9 / (until - from);
    }

    private record Run(long done, long from, long until) {}
}
