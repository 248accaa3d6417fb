package io.esdb.subscriptions.persistent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.host.EventStores;
import io.esdb.subscriptions.From;
import io.esdb.subscriptions.Selector;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;

/** A store in memory with persistent subscriptions; afterwards no thread is left. */
abstract class PersistentFixture {
    static final String NAME = "mail";

    /** Quick checkpoints and retries. */
    static final PersistentOptions QUICK = PersistentOptions.defaults()
            .withCheckpoint(Duration.ofMillis(10), 1_000)
            .withRetries(2, Duration.ofMillis(1), Duration.ofMillis(5));

    final EventStores stores = EventStores.inMemory();
    EventStore store = stores.open("test");
    PersistentSubscriptions subscriptions = PersistentSubscriptions.on(store, Duration.ofMillis(500));

    @AfterEach
    void close() {
        subscriptions.close();
        stores.close();
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(5));
    }

    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches(
                        "esdb-(reader|subscriber|subscription-timer|emitter|emitter-timer|link|consumer)-test"))
                .toList();
    }

    /** Closes and opens all, as a process does that starts again. */
    void reopen() {
        subscriptions.close();
        store.close();
        store = stores.open("test");
        subscriptions = PersistentSubscriptions.on(store, Duration.ofMillis(500));
    }

    void append(String stream, int count) {
        EventData[] events = IntStream.range(0, count)
                .mapToObj(i -> EventData.json("Happened", ("{\"n\":" + i + "}").getBytes(UTF_8)))
                .toArray(EventData[]::new);
        store.append(stream, ExpectedRevision.any(), events);
    }

    void create(PersistentOptions options) {
        subscriptions.create(NAME, Selector.all(), From.start(), options);
    }

    void awaitCheckpoint(long position) {
        await().untilAsserted(() -> {
            SubscriptionInfo info = subscriptions.info(NAME);
            assertThat(info.checkpoint()).as("%s", info).isEqualTo(position);
        });
    }

    static List<Long> positions(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
