package io.esdb.storage.rocks.store;

import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Content for a store that is the same each time, large enough for several table files if write buffers are small. */
final class KnownContent {
    static final int STREAMS = 40;
    static final int TYPES = 6;
    static final int TAGS = 15;
    private static final int APPENDS = 500;

    private KnownContent() {}

    static String stream(int number) {
        return "kind" + number % 4 + "-" + number;
    }

    /** The appends, to be made in this order; each expects what those before it have written. */
    static List<AppendRequest> appends() {
        Random random = new Random(7);
        long[] revisions = new long[STREAMS];
        List<AppendRequest> appends = new ArrayList<>();
        for (int i = 0; i < APPENDS; i++) {
            int first = random.nextInt(STREAMS);
            AppendRequest request = part(null, first, revisions, random);
            if (i % 4 == 0) {
                request = part(request, (first + 1 + random.nextInt(STREAMS - 1)) % STREAMS, revisions, random);
            }
            appends.add(request);
        }
        return appends;
    }

    /** How many events that makes. */
    static int events() {
        return appends().stream().mapToInt(AppendRequest::eventCount).sum();
    }

    static void fill(EventStore store) {
        appends().forEach(store::append);
        store.force();
    }

    private static AppendRequest part(AppendRequest before, int stream, long[] revisions, Random random) {
        List<EventData> events = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            events.add(event(random));
        }
        ExpectedRevision expected = ExpectedRevision.after(revisions[stream] - 1);
        revisions[stream] += count;
        return before == null
                ? AppendRequest.to(stream(stream), expected, events)
                : before.and(stream(stream), expected, events);
    }

    private static EventData event(Random random) {
        byte[] data = new byte[800 + random.nextInt(5_000)];
        random.nextBytes(data);
        UUID id = new UUID(random.nextLong(), random.nextLong());
        return EventData.bytes("Type" + random.nextInt(TYPES), data)
                .withId(id)
                .withTags("tag:" + random.nextInt(TAGS), "all");
    }
}
