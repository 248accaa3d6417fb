package io.esdb.subscriptions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.host.EventStores;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;

/** A store in memory with subscriptions that poll often and close without patience; afterwards no thread is left. */
abstract class SubscriptionFixture {
    static final Duration POLL = Duration.ofMillis(20);
    static final Duration PATIENCE = Duration.ofMillis(500);

    final EventStores stores = EventStores.inMemory();
    final EventStore store = stores.open("test");
    Subscriptions subscriptions = Subscriptions.on(store, POLL, PATIENCE);

    @AfterEach
    void close() {
        subscriptions.close();
        stores.close();
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5));
    }

    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("esdb-(reader|subscriber|subscription-timer)-test"))
                .toList();
    }

    void append(String stream, int count) {
        EventData[] events = IntStream.range(0, count)
                .mapToObj(i -> EventData.json("Happened", ("{\"n\":" + i + "}").getBytes(UTF_8)))
                .toArray(EventData[]::new);
        store.append(stream, ExpectedRevision.any(), events);
    }

    static List<Long> positions(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    static void awaitPositions(Recorder recorder, List<Long> positions) {
        await().untilAsserted(() -> assertThat(recorder.positions).isEqualTo(positions));
        assertThat(recorder.overlaps).hasValue(0);
    }

    static SubscriptionEnd awaitEnd(Subscription subscription) throws Exception {
        return subscription.ended().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
