package io.esdb.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.RecordedEvent;
import io.esdb.spi.StoreAccess;
import io.esdb.subscriptions.Selector;
import io.esdb.subscriptions.Subscriptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the events are folded that a subscription delivers. */
class PassTest extends ProjectionFixture {
    private static final long LATE = Duration.ofMillis(1_001).toNanos();

    private final AtomicLong nanos = new AtomicLong(1);
    private final List<Long> folded = new ArrayList<>();
    private final Projection<Long> recording = Projection.<Long>of(
            "sums", 1, Selector.types("Added"), StateCodec.number(), (event, effects) -> folded.add(event.position()));
    private Subscriptions subscriptions;
    private Pass<Long> pass;

    @BeforeEach
    void prepare() throws Exception {
        StoreAccess access = (StoreAccess) store;
        Ledger ledger = new Ledger(store, access, access.documents());
        ledger.change("sums", none -> Control.first(1));
        add("a", 1, 2, 3, 4);
        Fence fence = Fence.claim(ledger, "sums", 1, 1);
        subscriptions = Subscriptions.on(store);
        Gauge gauge = new Gauge(nanos::get);
        RunnerLog log = new RunnerLog("test", "sums", 1);
        pass = new Pass<>(ledger, subscriptions, recording, fence, gauge, new Tasks(), log, 100);
    }

    @AfterEach
    void end() {
        subscriptions.close();
    }

    @Test
    void aPageIsFoldedOnceTheNextOneIsBeingRead() throws Exception {
        for (RecordedEvent event : all()) {
            pass.event(event);
        }
        assertThat(folded).isEmpty();
        pass.fold();

        assertThat(folded).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void besideAppendsOfOthersEachEventIsFoldedBeforeMoreIsRead() throws Exception {
        List<RecordedEvent> events = all();
        add("a", 5);
        nanos.addAndGet(LATE); // so what is folded next is stored, and others are looked for
        pass.event(events.get(0));
        assertThat(folded).isEmpty();
        pass.fold();
        pass.event(events.get(1));
        assertThat(folded).containsExactly(0L, 1L);
        pass.event(events.get(2));

        assertThat(folded).containsExactly(0L, 1L, 2L);
    }

    @Test
    void whatFailsBesideAppendsEndsThePassAndNothingMoreIsFolded() throws Exception {
        List<RecordedEvent> events = all();
        add("a", 5);
        nanos.addAndGet(LATE);
        pass.event(events.get(0));
        pass.fold();
        provider.crash(ROOT);
        nanos.addAndGet(LATE);
        pass.event(events.get(1));
        pass.event(events.get(2));
        pass.event(events.get(3));

        assertThat(folded).containsExactly(0L, 1L);
    }
}
