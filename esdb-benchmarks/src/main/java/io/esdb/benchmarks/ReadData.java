package io.esdb.benchmarks;

import io.esdb.AppendRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * The events that reads go to: of every 20 neighbours one belongs to the long stream, one to one of many short streams of
 * ten events, and the others to 180 more. So the events of a stream lie apart, as in a store that many write to.
 */
final class ReadData {
    static final long LONG_STREAM = 0;
    static final int SHORT_EVENTS = 10;
    private static final int GROUP = 20;
    private static final int OTHERS = 180;

    private final int groups;
    private final Samples samples = Samples.small();

    /** @param events how many, a multiple of 200 */
    ReadData(int events) {
        groups = events / GROUP;
    }

    int events() {
        return groups * GROUP;
    }

    int longEvents() {
        return groups;
    }

    int shortStreams() {
        return groups / SHORT_EVENTS;
    }

    long shortStream(int number) {
        return 1L + number;
    }

    long dataBytes() {
        return events() * 256L;
    }

    void into(Esdb esdb) throws Exception {
        Pipeline pipeline = new Pipeline(esdb.store());
        forEachGroup(group -> pipeline.append(new AppendRequest(
                group.stream()
                        .map(append -> Esdb.request(append).streams().get(0))
                        .toList(),
                null)));
        pipeline.drain();
        Expect.equal("number of events", events(), esdb.events());
    }

    void into(Peer peer) throws Exception {
        forEachGroup(peer::commit);
        Expect.equal("number of events", events(), peer.events());
    }

    private void forEachGroup(GroupTarget target) throws Exception {
        int othersFrom = 1 + shortStreams();
        long[] revisions = new long[othersFrom + OTHERS];
        for (int group = 0; group < groups; group++) {
            List<SampleAppend> appends = new ArrayList<>(GROUP);
            appends.add(next(revisions, (int) LONG_STREAM, group));
            appends.add(next(revisions, 1 + group % shortStreams(), group));
            for (int i = 2; i < GROUP; i++) {
                appends.add(next(revisions, othersFrom + (group * (GROUP - 2) + i) % OTHERS, group));
            }
            target.append(appends);
        }
    }

    private SampleAppend next(long[] revisions, int stream, long seed) {
        return new SampleAppend(stream, revisions[stream]++, List.of(samples.event(seed * 7 + stream)));
    }

    @FunctionalInterface
    private interface GroupTarget {
        void append(List<SampleAppend> appends) throws Exception;
    }
}
