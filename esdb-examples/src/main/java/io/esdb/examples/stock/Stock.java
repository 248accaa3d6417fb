package io.esdb.examples.stock;

import io.esdb.RecordedEvent;
import io.esdb.examples.stock.StockEvent.GoodsReceived;
import io.esdb.examples.stock.StockEvent.GoodsShipped;
import io.esdb.json.EventTypes;
import io.esdb.json.JsonEvents;
import io.esdb.subscriptions.From;
import io.esdb.subscriptions.Selector;
import io.esdb.subscriptions.Subscription;
import io.esdb.subscriptions.SubscriptionEnd;
import io.esdb.subscriptions.SubscriptionListener;
import io.esdb.subscriptions.Subscriptions;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many pieces of each item are in stock. It is built anew from the first event each time it is started, and then follows;
 * a projection that is kept would keep the position of the last event with it, and begin after that.
 */
final class Stock implements SubscriptionListener {
    static final JsonEvents JSON = JsonEvents.of(
            EventTypes.none().with("GoodsReceived", GoodsReceived.class).with("GoodsShipped", GoodsShipped.class));

    private static final Selector GOODS =
            Selector.category("item").and(Selector.types("GoodsReceived", "GoodsShipped"));

    private final Map<String, Integer> pieces = new HashMap<>();
    private long place = -1;
    private @Nullable SubscriptionEnd end;

    private Stock() {}

    static Stock follow(Subscriptions subscriptions) {
        Stock stock = new Stock();
        Subscription unused = subscriptions.subscribe(GOODS, From.start(), stock);
        return stock;
    }

    @Override
    public synchronized void event(RecordedEvent recorded) {
        StockEvent event = JSON.read(recorded, StockEvent.class);
        int change = event instanceof GoodsReceived received ? received.count() : -((GoodsShipped) event).count();
        pieces.merge(event.item(), change, Integer::sum);
        place = recorded.position();
        notifyAll();
    }

    @Override
    public synchronized void failed(SubscriptionEnd why) {
        end = why;
        notifyAll();
    }

    /** The pieces in stock once the event at this position is counted in; so one sees what one has appended. */
    synchronized int pieces(String item, long position) throws InterruptedException {
        while (place < position) {
            if (end != null) {
                throw new IllegalStateException("the stock is not kept any more: " + end);
            }
            wait();
        }
        return pieces.getOrDefault(item, 0);
    }
}
