package io.esdb.testkit.history;

import io.esdb.Consistency;
import io.esdb.LogRead;
import io.esdb.Query;
import io.esdb.StreamRead;
import java.util.Random;

/** Draws reads of short pages, most of them near the end, where something happens. */
final class ReadMaker {
    private static final int MOST_EVENTS = 12;

    private final StreamPicker streams;
    private final Beliefs beliefs;
    private final Random random;
    private final EventMaker events;

    ReadMaker(StreamPicker streams, Beliefs beliefs, Random random) {
        this.streams = streams;
        this.beliefs = beliefs;
        this.random = random;
        this.events = new EventMaker(random);
    }

    StreamRead stream() {
        String stream = streams.any();
        StreamRead read = random.nextBoolean()
                ? StreamRead.backward(stream)
                : StreamRead.forward(stream).from(near(beliefs.head(stream)));
        return read.limit(limit()).consistency(consistency());
    }

    LogRead log() {
        LogRead read =
                random.nextBoolean() ? LogRead.backward() : LogRead.forward().from(near(beliefs.end()));
        Query query = random.nextInt(3) == 0 ? Query.tags(events.tag()) : Query.all();
        return read.matching(query).limit(limit()).consistency(consistency());
    }

    /** Shortly before a place, or anywhere before it. */
    private long near(long place) {
        int back = random.nextInt(4) == 0 ? (int) Math.min(place + 1, Integer.MAX_VALUE) : MOST_EVENTS;
        return Math.max(0, place - random.nextInt(Math.max(1, back)));
    }

    private int limit() {
        return 1 + random.nextInt(MOST_EVENTS);
    }

    private Consistency consistency() {
        return random.nextInt(5) < 3 ? Consistency.LINEARIZABLE : Consistency.LOCAL;
    }
}
