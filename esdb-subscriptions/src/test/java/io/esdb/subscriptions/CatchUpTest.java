package io.esdb.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.RecordedEvent;
import io.esdb.host.EventStores;
import io.esdb.subscriptions.RandomSelectors.Meant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From catching up to following, under constant appends, nothing is missed, doubled or out of order. */
class CatchUpTest {
    private static final int SEEDS = 100;
    private static final int SUBSCRIPTIONS = 6;
    private static final int APPENDS = 60;

    @Test
    void eachEventComesOnceAndInOrder() {
        long delivered = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            delivered += run(seed);
        }
        assertThat(delivered).isGreaterThan(SEEDS * APPENDS);
    }

    /** One watches what an attempt began with, and what became of it. */
    private record Watched(Meant meant, long after, Recorder recorder, Subscription subscription) {}

    private static long run(int seed) {
        RandomSelectors random = new RandomSelectors(seed);
        boolean polls = random.number(4) == 0;
        try (EventStores stores = EventStores.inMemory()) {
            EventStore store = stores.open("seed");
            EventStore seen = new WatchedStore(store, polls).store();
            Duration poll = polls ? Duration.ofMillis(1) : Duration.ofHours(1);
            append(store, random, random.number(30));
            try (Subscriptions subscriptions = Subscriptions.on(seen, poll, Duration.ofSeconds(10))) {
                RandomSelectors writes = new RandomSelectors(-seed - 1L);
                CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> append(store, writes, APPENDS));
                List<Watched> all = subscribe(subscriptions, random);
                writer.join();
                return all.stream()
                        .mapToLong(watched -> check(seed, store, watched))
                        .sum();
            }
        }
    }

    private static List<Watched> subscribe(Subscriptions subscriptions, RandomSelectors random) {
        List<Watched> all = new ArrayList<>();
        for (int i = 0; i < SUBSCRIPTIONS; i++) {
            Meant meant = random.next(2);
            long after = random.number(3) == 0 ? random.number(40) : -1;
            int slowness = random.number(3) == 0 ? random.number(20) : 0;
            Recorder recorder = new Recorder() {
                @Override
                void handle(RecordedEvent event) {
                    for (int spin = 0; spin < slowness * 1_000; spin++) {
                        Thread.onSpinWait();
                    }
                }
            };
            SubscriptionOptions options = SubscriptionOptions.defaults().withReadAhead(1 + random.number(20));
            Subscription subscription = subscriptions.subscribe(meant.selector(), From.after(after), recorder, options);
            all.add(new Watched(meant, after, recorder, subscription));
        }
        return all;
    }

    private static long check(int seed, EventStore store, Watched watched) {
        List<Long> expected = Pages.stream(store, LogRead.forward())
                .filter(event -> event.position() > watched.after())
                .filter(watched.meant().meaning())
                .map(RecordedEvent::position)
                .toList();
        SubscriptionFixture.await()
                .untilAsserted(() -> assertThat(watched.recorder().positions)
                        .as("seed %s: %s", seed, watched.meant().selector().text())
                        .isEqualTo(expected));
        SubscriptionFixture.await().until(() -> watched.subscription().status().state() == SubscriptionState.LIVE);
        assertThat(watched.recorder().overlaps).hasValue(0);
        assertThat(told(watched, "caughtUp") - told(watched, "fellBehind")).isEqualTo(1);
        return expected.size();
    }

    private static long told(Watched watched, String what) {
        return Stream.of(watched.recorder().told.toArray()).filter(what::equals).count();
    }

    private static void append(EventStore store, RandomSelectors random, int appends) {
        for (int i = 0; i < appends; i++) {
            List<EventData> events = new ArrayList<>();
            for (int j = 0; j <= random.number(4); j++) {
                events.add(random.event());
            }
            store.append(AppendRequest.to(random.stream(), ExpectedRevision.any(), events));
        }
    }
}
