package io.esdb.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.Durability;
import io.esdb.EsdbException;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.RecordedEvent;
import io.esdb.StoreOptions;
import io.esdb.StreamRead;
import io.esdb.host.EventStores;
import io.esdb.spi.MemoryStorageProvider;
import io.esdb.spi.StorageException.Kind;
import io.esdb.subscriptions.Selector;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each event counts exactly once, whatever is killed when. */
class CrashTest {
    private static final Path ROOT = Path.of("memory");
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int LIVES = 8;

    private final MemoryStorageProvider provider = new MemoryStorageProvider();

    /** Sums by stream, and a copy of each event; mostly small batches, so that there are many. */
    private static Projection<Long> counting(Random random) {
        return Projection.<Long>of("counting", 1, Selector.category("in"), StateCodec.number(), (event, effects) -> {
                    Long before = effects.state(event.stream());
                    effects.put(event.stream(), (before == null ? 0 : before) + 1);
                    effects.emit("out-" + event.stream(), EventData.bytes("Copied", event.data()));
                    effects.link("links");
                })
                .withOptions(ProjectionOptions.defaults()
                        .withBatch(random.nextInt(4) == 0 ? 40_000 : 1 + random.nextInt(20), 1 << 20)
                        .withCachedStates(random.nextInt(8))
                        .withRetry(Duration.ofMillis(1), Duration.ofMillis(5)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void totalsEqualANaiveFold(long seed) {
        Random random = new Random(seed);
        Durability durability = seed % 2 == 0 ? Durability.sync() : Durability.interval(Duration.ofMillis(3));
        StoreOptions options = StoreOptions.defaults().withDurability(durability);
        for (int life = 0; life < LIVES; life++) {
            live(options, random);
        }
        try (EventStores stores = open();
                Projections projections = Projections.on(stores.open("one", options))) {
            EventStore store = stores.open("one", options);
            projections.define(counting(random));
            append(store, random);
            projections.await("counting", store.read(LogRead.backward()).asOf(), LONG);
            check("seed " + seed, store, projections);
        }
    }

    /** Appends while the projection runs, and ends at a random moment in a random way. */
    private void live(StoreOptions options, Random random) {
        EventStores stores = open();
        EventStore store = stores.open("one", options);
        Projections projections = Projections.on(store, Duration.ofMillis(20), LONG);
        projections.define(counting(random));
        try {
            for (int i = random.nextInt(30); i > 0; i--) {
                append(store, random);
                if (random.nextInt(20) == 0) {
                    hurtAndHeal(store, random);
                }
            }
        } catch (EsdbException e) {
            // what was not answered may be there or not
        }
        if (random.nextBoolean()) {
            provider.crash(ROOT);
        }
        if (random.nextBoolean()) {
            projections.close();
            stores.close();
        } else {
            stores.close();
            projections.close();
        }
    }

    /** An append in between hits what is broken, unless the projection does so first. */
    private void hurtAndHeal(EventStore store, Random random) {
        provider.failCommits(ROOT, random.nextBoolean() ? Kind.FULL : Kind.IO);
        try {
            append(store, random);
        } finally {
            provider.heal(ROOT);
        }
    }

    private EventStores open() {
        return EventStores.at(ROOT).storage(provider).open();
    }

    private static void append(EventStore store, Random random) {
        EventData[] events = new EventData[1 + random.nextInt(40)];
        for (int i = 0; i < events.length; i++) {
            events[i] = EventData.bytes(
                    "Happened",
                    ByteBuffer.allocate(8).putLong(random.nextLong()).array());
        }
        String category = random.nextInt(4) == 0 ? "other-" : "in-";
        store.append(category + random.nextInt(6), ExpectedRevision.any(), events);
    }

    private static void check(String when, EventStore store, Projections projections) {
        Map<String, Long> naive = new TreeMap<>();
        List<RecordedEvent> selected = Pages.stream(store, LogRead.forward())
                .filter(event -> event.category().equals("in"))
                .toList();
        selected.forEach(event -> naive.merge(event.stream(), 1L, Long::sum));
        Map<String, Long> kept = new TreeMap<>();
        projections
                .list("counting", "", null, 1_000)
                .entries()
                .forEach(entry ->
                        kept.put(entry.key(), ByteBuffer.wrap(entry.value()).getLong()));
        assertThat(kept).as(when).isEqualTo(naive);
        assertThat(projections.status("counting").current().events()).as(when).isEqualTo(selected.size());
        naive.keySet()
                .forEach(stream ->
                        assertThat(data(store, "out-" + stream)).as(when).isEqualTo(data(store, stream)));
        assertThat(Pages.stream(store, StreamRead.forward("links"))
                        .map(link -> Link.of(link).orElseThrow().position()))
                .as(when)
                .isEqualTo(selected.stream().map(RecordedEvent::position).toList());
        assertThat(store.verify().problems()).as(when).isEmpty();
    }

    private static List<ByteBuffer> data(EventStore store, String stream) {
        return Pages.stream(store, StreamRead.forward(stream))
                .map(event -> ByteBuffer.wrap(event.data()))
                .toList();
    }
}
