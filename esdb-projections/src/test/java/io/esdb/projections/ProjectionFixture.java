package io.esdb.projections;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.RecordedEvent;
import io.esdb.StreamRead;
import io.esdb.host.EventStores;
import io.esdb.projections.ProjectionStatus.State;
import io.esdb.spi.MemoryStorageProvider;
import io.esdb.subscriptions.Selector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;

/** A store in memory with its projections; afterwards no thread is left. */
abstract class ProjectionFixture {
    static final Duration POLL = Duration.ofMillis(20);
    static final Duration PATIENCE = Duration.ofMillis(500);
    static final Duration LONG = Duration.ofSeconds(60);
    static final Path ROOT = Path.of("memory");
    static final ProjectionOptions QUICK =
            ProjectionOptions.defaults().withRetry(Duration.ofMillis(1), Duration.ofMillis(20));

    final MemoryStorageProvider provider = new MemoryStorageProvider();
    EventStores stores = EventStores.at(ROOT).storage(provider).open();
    EventStore store = stores.open("test");
    Projections projections = Projections.on(store, POLL, PATIENCE);

    @AfterEach
    void close() {
        projections.close();
        stores.close();
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    /** As after a crash; nothing is defined then. */
    void crashAndReopen() {
        provider.crash(ROOT);
        projections.close();
        stores.close();
        stores = EventStores.at(ROOT).storage(provider).open();
        store = stores.open("test");
        projections = Projections.on(store, POLL, PATIENCE);
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(5));
    }

    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("esdb-"))
                .toList();
    }

    /** Adds up the data of events, which are numbers, by stream. */
    static Projection<Long> sums(String name, int version) {
        return Projection.keyed(
                        name,
                        version,
                        Selector.types("Added"),
                        StateCodec.number(),
                        RecordedEvent::stream,
                        (sum, event) -> (sum == null ? 0 : sum) + amount(event))
                .withOptions(QUICK);
    }

    static long amount(RecordedEvent event) {
        return Long.parseLong(text(event));
    }

    static String text(RecordedEvent event) {
        return new String(event.data(), UTF_8);
    }

    static EventData added(long amount) {
        return EventData.json("Added", Long.toString(amount).getBytes(UTF_8));
    }

    /** Returns the last position. */
    long add(String stream, long... amounts) {
        EventData[] events = IntStream.range(0, amounts.length)
                .mapToObj(i -> added(amounts[i]))
                .toArray(EventData[]::new);
        return store.append(stream, ExpectedRevision.any(), events).lastPosition();
    }

    long appendOther(String stream) {
        return store.append(stream, ExpectedRevision.any(), EventData.json("Other", "{}".getBytes(UTF_8)))
                .lastPosition();
    }

    Long sum(String name, String key) {
        return projections.get(name, key, StateCodec.number()).orElse(null);
    }

    Map<String, Long> sums(String name) {
        Map<String, Long> sums = new HashMap<>();
        String after = null;
        do {
            StatePage page = projections.list(name, "", after, 3);
            for (StatePage.Entry entry : page.entries()) {
                sums.put(entry.key(), java.nio.ByteBuffer.wrap(entry.value()).getLong());
            }
            after = page.next();
        } while (after != null);
        return sums;
    }

    /** What the sums should be. */
    Map<String, Long> naiveSums() {
        Map<String, Long> sums = new HashMap<>();
        all().stream()
                .filter(event -> event.type().equals("Added"))
                .forEach(event -> sums.merge(event.stream(), amount(event), Long::sum));
        return sums;
    }

    List<RecordedEvent> all() {
        return Pages.stream(store, LogRead.forward()).toList();
    }

    List<RecordedEvent> stream(String name) {
        return Pages.stream(store, StreamRead.forward(name)).toList();
    }

    ProjectionStatus.Version current(String name) {
        return projections.status(name).current();
    }

    void awaitState(String name, State state) {
        await().untilAsserted(() -> assertThat(current(name).state()).isEqualTo(state));
    }
}
