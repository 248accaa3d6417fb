package io.esdb.benchmarks;

import io.esdb.EventData;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Appends of a fixed number of events, spread evenly over streams.
 *
 * @param events how many; those that do not fill an append are left out
 * @param streams over how many streams
 * @param eventsPerAppend how many go together
 * @param event makes the n-th event
 */
record Load(int events, int streams, int eventsPerAppend, LongFunction<EventData> event) {

    /** Takes an append. */
    @FunctionalInterface
    interface Target {
        void append(SampleAppend append) throws Exception;
    }

    void forEach(Target target) throws Exception {
        long[] revisions = new long[streams];
        for (int at = 0; at + eventsPerAppend <= events; at += eventsPerAppend) {
            int stream = at / eventsPerAppend % streams;
            List<EventData> together = new ArrayList<>(eventsPerAppend);
            for (int i = 0; i < eventsPerAppend; i++) {
                together.add(event.apply(at + i));
            }
            target.append(new SampleAppend(stream, revisions[stream], together));
            revisions[stream] += eventsPerAppend;
        }
    }

    /** Into an esdb store, which must be empty. */
    void into(Esdb esdb) throws Exception {
        Pipeline pipeline = new Pipeline(esdb.store());
        forEach(append -> pipeline.append(Esdb.request(append)));
        pipeline.drain();
        Expect.equal("number of events", total(), esdb.events());
    }

    /** Into a peer, which must be empty, in commits of a few appends. */
    void into(Peer peer) throws Exception {
        int most = Math.max(1, 256 / eventsPerAppend);
        List<SampleAppend> together = new ArrayList<>();
        forEach(append -> {
            together.add(append);
            if (together.size() == most) {
                peer.commit(List.copyOf(together));
                together.clear();
            }
        });
        if (!together.isEmpty()) {
            peer.commit(List.copyOf(together));
        }
    }

    long total() {
        return (long) events - events % eventsPerAppend;
    }
}
