package io.esdb.testkit.history;

import io.esdb.EventData;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Draws small events, some with a tag of {@link #tag}. */
final class EventMaker {
    private static final int TAGS = 4;
    private static final int MOST_EVENTS = 3;
    private static final int MOST_BYTES = 64;
    private static final List<String> TYPES = List.of("Placed", "Paid", "Sent");

    private final Random random;

    EventMaker(Random random) {
        this.random = random;
    }

    /** One of few tags. */
    String tag() {
        return "tag:" + random.nextInt(TAGS);
    }

    List<EventData> some() {
        List<EventData> events = new ArrayList<>();
        for (int i = random.nextInt(MOST_EVENTS); i >= 0; i--) {
            events.add(event(random.nextInt(4) == 0 ? Set.of(tag()) : Set.of()));
        }
        return events;
    }

    EventData tagged(String tag) {
        return event(Set.of(tag));
    }

    private EventData event(Set<String> tags) {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        String type = TYPES.get(random.nextInt(TYPES.size()));
        return new EventData(id, type, EventData.BYTES, bytes(), EventData.BYTES, bytes(), tags);
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(MOST_BYTES)];
        random.nextBytes(bytes);
        return bytes;
    }
}
