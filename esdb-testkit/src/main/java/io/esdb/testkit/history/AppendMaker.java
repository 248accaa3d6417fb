package io.esdb.testkit.history;

import io.esdb.AppendCondition;
import io.esdb.AppendRequest;
import io.esdb.ExpectedRevision;
import io.esdb.Query;
import java.util.Random;

/** Draws appends, most of them such that the store takes them as long as the client's beliefs are right. */
final class AppendMaker {
    private final StreamPicker streams;
    private final Beliefs beliefs;
    private final Random random;
    private final EventMaker events;
    private int facts;

    AppendMaker(StreamPicker streams, Beliefs beliefs, Random random) {
        this.streams = streams;
        this.beliefs = beliefs;
        this.random = random;
        this.events = new EventMaker(random);
    }

    AppendRequest toContended() {
        String stream = streams.contended();
        return AppendRequest.to(stream, expected(stream), events.some());
    }

    AppendRequest toPrivate() {
        String stream = streams.own();
        return AppendRequest.to(stream, ExpectedRevision.after(beliefs.head(stream)), events.some());
    }

    AppendRequest toSeveral() {
        AppendRequest request = toContended().and(streams.journal(), ExpectedRevision.any(), events.some());
        return random.nextBoolean() ? request : request.and(streams.own(), expected(streams.own()), events.some());
    }

    /** Either a decision on all that a tag has shown so far, or a fact that may be stated once. */
    AppendRequest conditional() {
        AppendRequest request = random.nextInt(4) == 0
                ? toContended()
                : AppendRequest.to(streams.any(), ExpectedRevision.any(), events.some());
        String tag = random.nextBoolean() ? events.tag() : "fact:" + (facts++ + random.nextInt(3));
        Query query = Query.tags(tag);
        return request.and(streams.journal(), ExpectedRevision.any(), events.tagged(tag))
                .onlyIf(AppendCondition.noneMatchesAfter(query, beliefs.seen(query)));
    }

    private ExpectedRevision expected(String stream) {
        long head = beliefs.head(stream);
        return switch (random.nextInt(10)) {
            case 0, 1 -> ExpectedRevision.any();
            case 2 -> ExpectedRevision.exists();
            case 3 -> ExpectedRevision.noStream();
            case 4 -> ExpectedRevision.exactly(Math.max(0, head + random.nextInt(5) - 2));
            default -> ExpectedRevision.after(head);
        };
    }
}
