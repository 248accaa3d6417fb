package io.esdb.examples.stock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.examples.Output;
import io.esdb.examples.stock.StockEvent.GoodsReceived;
import io.esdb.examples.stock.StockEvent.GoodsShipped;
import io.esdb.host.EventStores;
import io.esdb.subscriptions.Subscriptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StockTest {
    private final EventStores stores = EventStores.inMemory();
    private final EventStore store = stores.open("warehouse");
    private final Subscriptions subscriptions = Subscriptions.on(store);

    @AfterEach
    void close() {
        subscriptions.close();
        stores.close();
    }

    private long append(StockEvent event) {
        return store.append("item-" + event.item(), ExpectedRevision.any(), Stock.JSON.toEvent(event))
                .lastPosition();
    }

    @Test
    void exampleRuns() throws Exception {
        assertThat(Output.of(() -> StockExample.main(new String[0])))
                .containsExactly("In stock are 70 bolts and 40 nuts");
    }

    @Test
    void countsWhatWasThereAndWhatComes() throws Exception {
        append(new GoodsReceived("bolt", 10));
        Stock stock = Stock.follow(subscriptions);
        for (int i = 0; i < 100; i++) {
            append(new GoodsReceived("bolt", 3));
            long last = append(new GoodsShipped("bolt", 2));
            assertThat(stock.pieces("bolt", last)).isEqualTo(10 + i + 1);
        }
        assertThat(stock.pieces("nut", 0)).isZero();
    }

    @Test
    void eventsOfOthersDoNotCount() throws Exception {
        Stock stock = Stock.follow(subscriptions);
        store.append("item-bolt", ExpectedRevision.any(), EventData.json("Counted", "{}".getBytes(UTF_8)));
        store.append("order-1", ExpectedRevision.any(), Stock.JSON.toEvent(new GoodsReceived("bolt", 5)));
        assertThat(stock.pieces("bolt", append(new GoodsReceived("bolt", 1)))).isEqualTo(1);
    }

    @Test
    void saysWhenItIsNotKeptAnyMore() {
        Stock stock = Stock.follow(subscriptions);
        subscriptions.close();
        assertThatThrownBy(() -> stock.pieces("bolt", 0)).hasMessageContaining("CLOSED");
    }
}
