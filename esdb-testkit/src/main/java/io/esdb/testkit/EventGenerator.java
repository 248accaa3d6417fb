package io.esdb.testkit;

import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Makes events, stream names and appends that every store takes under default limits: text from all of Unicode, no
 * data and much, no tags and many. The same seed makes the same, so say the seed in failure messages, for example by
 * {@code assertThat(...).as("%s", generator)}; {@link EsdbExtension} adds it to every failure of a test that uses one.
 * One thread at a time.
 */
public final class EventGenerator {
    /** The system property that fixes the seed. */
    public static final String SEED_PROPERTY = "esdb.seed";

    private static final String[] LETTERS = {
        "a", "b", "Z", "0", "-", "_", ":", "/", " ", ".", "$", "é", "ß", "€", "中", "\u0301", "\uFFFD", "\uD83D\uDE80"
    };
    private static final int[] SIZES = {0, 1, 2, 10, 100, 1_000, 10_000};

    private final long seed;
    private final Random random;

    /** With the seed that the system property {@value #SEED_PROPERTY} says, or another one each time. */
    public EventGenerator() {
        this(Long.getLong(SEED_PROPERTY, new Random().nextLong()));
    }

    /** With this seed. */
    public EventGenerator(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** What makes the same again. */
    public long seed() {
        return seed;
    }

    /** A number from 0 up to, and without, the bound. */
    public int number(int bound) {
        return random.nextInt(bound);
    }

    /** One of these. */
    public <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Text of 1 to 20 letters. */
    public String text() {
        StringBuilder text = new StringBuilder();
        int letters = 1 + random.nextInt(20);
        for (int i = 0; i < letters; i++) {
            text.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return text.toString();
    }

    /** A stream name; many share their category. */
    public String stream() {
        return oneOf(List.of("order-", "user-", "order", "")) + "s" + text();
    }

    /** A new event. */
    public EventData event() {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        String content = random.nextBoolean() ? EventData.JSON : EventData.BYTES;
        return new EventData(
                id, oneOf(List.of("Placed", "Paid", text())), content, bytes(), EventData.JSON, bytes(), tags());
    }

    /** So many new events. */
    public List<EventData> events(int count) {
        List<EventData> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(event());
        }
        return events;
    }

    /** An append of 1 to 5 new events to each of 1 to 3 streams, without expectation or condition. */
    public AppendRequest request() {
        AppendRequest request = AppendRequest.to(stream(), ExpectedRevision.any(), events(1 + random.nextInt(5)));
        for (int i = random.nextInt(3); i > 0; i--) {
            request = request.and(stream() + i, ExpectedRevision.any(), events(1 + random.nextInt(5)));
        }
        return request;
    }

    @Override
    public String toString() {
        return "events made with -D" + SEED_PROPERTY + "=" + seed;
    }

    private byte[] bytes() {
        byte[] bytes = new byte[SIZES[random.nextInt(SIZES.length)]];
        random.nextBytes(bytes);
        return bytes;
    }

    private Set<String> tags() {
        Set<String> tags = new TreeSet<>();
        int wanted = random.nextInt(4) == 0 ? random.nextInt(33) : random.nextInt(3);
        for (int i = 0; i < wanted; i++) {
            tags.add(random.nextBoolean() ? "tag:" + random.nextInt(10) : text());
        }
        return tags;
    }
}
