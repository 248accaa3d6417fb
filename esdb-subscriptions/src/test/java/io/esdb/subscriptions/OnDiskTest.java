package io.esdb.subscriptions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.host.EventStores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnDiskTest {
    private static final Selector SELECTOR = Selector.category("order").and(Selector.payload("{\"n\":{\"$gte\":1}}"));

    @Test
    void goesOnAfterThePlaceItKeptWhenTheStoreIsOpenedAgain(@TempDir Path folder) {
        List<Long> handled = new ArrayList<>();
        long place = -1;
        for (int run = 0; run < 3; run++) {
            Recorder recorder = new Recorder();
            try (EventStores stores = EventStores.open(folder);
                    Subscriptions subscriptions = Subscriptions.on(stores.open("disk"))) {
                append(stores.open("disk"));
                subscriptions.subscribe(SELECTOR, From.after(place), recorder);
                append(stores.open("disk"));
                SubscriptionFixture.await().until(() -> recorder.positions.size() == 4);
            }
            handled.addAll(recorder.positions);
            place = handled.get(handled.size() - 1);
        }
        assertThat(handled).containsExactly(2L, 4L, 7L, 9L, 12L, 14L, 17L, 19L, 22L, 24L, 27L, 29L);
    }

    @Test
    void theStoreMayBeClosedBeforeItsSubscriptions(@TempDir Path folder) throws Exception {
        Recorder recorder = new Recorder();
        try (EventStores stores = EventStores.open(folder)) {
            EventStore store = stores.open("disk");
            Subscriptions subscriptions = Subscriptions.on(store);
            Subscription subscription = subscriptions.subscribe(Selector.all(), From.start(), recorder);
            append(store);
            store.close();
            assertThat(SubscriptionFixture.awaitEnd(subscription).reason())
                    .isEqualTo(SubscriptionEnd.Reason.STORE_CLOSED);
            subscriptions.close();
        }
        assertThat(recorder.ends).hasSize(1);
    }

    /** Five events, of which the third and the last are selected. */
    private static void append(EventStore store) {
        store.append("order-1", ExpectedRevision.any(), event(0));
        store.append("user-1", ExpectedRevision.any(), event(1));
        store.append("order-1", ExpectedRevision.any(), event(1));
        store.append("order-2", ExpectedRevision.any(), event(0));
        store.append("order-2", ExpectedRevision.any(), event(2));
    }

    private static EventData event(int n) {
        return EventData.json("Happened", ("{\"n\":" + n + "}").getBytes(UTF_8));
    }
}
