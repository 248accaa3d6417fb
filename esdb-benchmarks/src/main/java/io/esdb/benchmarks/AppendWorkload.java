package io.esdb.benchmarks;

import io.esdb.EventData;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Callers that append to streams of their own, each waiting for its answer. The figure is events a second. */
final class AppendWorkload implements Workload {
    private final Appender appender;
    private final int eventsPerAppend;
    private final Duration duration;
    private final Samples samples;
    /** The next revision of each caller's stream; every caller touches its own only. */
    private final long[] revisions;

    AppendWorkload(Appender appender, int callers, int eventsPerAppend, Duration duration, Samples samples) {
        this.appender = appender;
        this.eventsPerAppend = eventsPerAppend;
        this.duration = duration;
        this.samples = samples;
        this.revisions = new long[callers];
    }

    @Override
    public double measure() throws Exception {
        return eventsPerAppend * Callers.rate(revisions.length, duration, this::append);
    }

    @Override
    public void verify() throws Exception {
        long sum = 0;
        for (int caller = 0; caller < revisions.length; caller++) {
            String what = "last revision of stream " + caller;
            Expect.equal(what, revisions[caller] - 1, appender.lastRevision(caller));
            sum += revisions[caller];
        }
        Expect.equal("number of events", sum, appender.events());
    }

    @Override
    public void close() throws IOException {
        appender.close();
    }

    private void append(int caller) throws Exception {
        long revision = revisions[caller];
        List<EventData> events = new ArrayList<>(eventsPerAppend);
        for (int i = 0; i < eventsPerAppend; i++) {
            events.add(samples.event(caller * 31L + revision + i));
        }
        appender.append(new SampleAppend(caller, revision, events));
        revisions[caller] = revision + eventsPerAppend;
    }
}
