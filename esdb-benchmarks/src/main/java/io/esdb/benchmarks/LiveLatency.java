package io.esdb.benchmarks;

import java.time.Duration;

/** The time from an append's answer until a handler has its event, a percentile of it in microseconds. */
final class LiveLatency implements Workload {
    private final Esdb esdb;
    private final Listening listening;
    private final Duration duration;
    private final double percentile;

    /** Closes the store when it is closed. */
    LiveLatency(Esdb esdb, Listening listening, Duration duration, double percentile) {
        this.esdb = esdb;
        this.listening = listening;
        this.duration = duration;
        this.percentile = percentile;
    }

    @Override
    public double measure() throws Exception {
        return new LiveRun(esdb.store(), listening, duration).micros(percentile);
    }

    @Override
    public void close() {
        listening.close();
        esdb.close();
    }
}
