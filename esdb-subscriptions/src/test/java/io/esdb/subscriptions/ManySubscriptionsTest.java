package io.esdb.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ManySubscriptionsTest extends SubscriptionFixture {
    private static final int SUBSCRIPTIONS = 1_000;
    private static final int STREAMS = 10_000;

    /** Those that call listeners, two that read, one that keeps time. */
    private static final int MOST_THREADS = HandlerPool.THREADS + 3;

    private final WatchedStore watched = new WatchedStore(store, false);
    private final AtomicInteger delivered = new AtomicInteger();
    private final AtomicInteger caughtUp = new AtomicInteger();

    @Test
    void threadsAndReadsStayFlat() {
        subscriptions.close();
        subscriptions = Subscriptions.on(watched.store(), Duration.ofHours(1), PATIENCE);
        List<Subscription> all = new ArrayList<>();
        for (int i = 0; i < SUBSCRIPTIONS; i++) {
            all.add(subscriptions.subscribe(selector(i), From.start(), new Counter()));
        }
        await().until(() -> caughtUp.get() == SUBSCRIPTIONS);
        for (int first = 0; first < STREAMS; first += 100) {
            append(first, 100);
            assertThat(threads()).hasSizeLessThanOrEqualTo(MOST_THREADS);
        }
        await().until(() -> delivered.get() == 3 * STREAMS);
        await().untilAsserted(() -> assertThat(all).allMatch(one -> one.status().lag() == 0));
        assertThat(threads()).hasSizeLessThanOrEqualTo(MOST_THREADS);
    }

    @Test
    void anEventCostsOneReadAndOneMoreForEachItConcerns() {
        subscriptions.close();
        subscriptions = Subscriptions.on(watched.store(), Duration.ofHours(1), PATIENCE);
        for (int i = 0; i < SUBSCRIPTIONS; i++) {
            subscriptions.subscribe(Selector.stream("s-" + i), From.end(), new Counter());
        }
        await().until(() -> caughtUp.get() == SUBSCRIPTIONS);
        int before = watched.reads.get();
        for (int i = 0; i < 100; i++) {
            append("s-" + i, 1);
            int expected = i + 1;
            await().until(() -> delivered.get() == expected);
        }
        // after its read a subscription may have to read again, and the common read may find nothing
        assertThat(watched.reads.get() - before).isLessThan(100 * 8);
    }

    @Test
    void anEventThatFitsNoPatternCostsOneRead() {
        subscriptions.close();
        subscriptions = Subscriptions.on(watched.store(), Duration.ofHours(1), PATIENCE);
        for (int i = 0; i < 100; i++) {
            subscriptions.subscribe(Selector.payload("{\"n\":-" + (i + 1) + "}"), From.end(), new Counter());
        }
        Recorder all = new Recorder();
        subscriptions.subscribe(Selector.all(), From.end(), all);
        await().until(() -> caughtUp.get() == 100 && all.told.contains("caughtUp"));
        int before = watched.reads.get();
        for (int i = 0; i < 50; i++) {
            append("s-1", 1);
            awaitPositions(all, positions(0, i));
        }
        assertThat(watched.reads.get() - before).isLessThan(50 * 8);
        assertThat(delivered).hasValue(0);
    }

    private final class Counter implements SubscriptionListener {
        @Override
        public void event(io.esdb.RecordedEvent event) {
            delivered.incrementAndGet();
        }

        @Override
        public void caughtUp() {
            caughtUp.incrementAndGet();
        }
    }

    /** Each stream belongs to one subscription of streams by prefix, one of tags and one of types. */
    private static Selector selector(int number) {
        return switch (number % 4) {
            case 0 -> Selector.streamPrefix("s" + number + "-");
            case 1 -> Selector.tags("t" + number);
            case 2 -> Selector.types("T" + number);
            default -> Selector.stream("nobody-" + number);
        };
    }

    private void append(int first, int count) {
        AppendRequest request = null;
        for (int i = first; i < first + count; i++) {
            int number = i % 250 * 4;
            String stream = "s" + number + "-" + i;
            EventData event = EventData.bytes("T" + (number + 2), new byte[8]).withTags("t" + (number + 1));
            request = request == null
                    ? AppendRequest.to(stream, ExpectedRevision.noStream(), event)
                    : request.and(stream, ExpectedRevision.noStream(), event);
        }
        store.append(request);
    }
}
