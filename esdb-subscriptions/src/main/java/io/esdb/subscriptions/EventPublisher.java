package io.esdb.subscriptions;

import io.esdb.RecordedEvent;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives each subscriber a pump of its own. */
final class EventPublisher implements Flow.Publisher<RecordedEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);

    private final String store;
    private final Function<Sink, Pump> pumps;

    EventPublisher(String store, Function<Sink, Pump> pumps) {
        this.store = store;
        this.pumps = pumps;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super RecordedEvent> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        SubscriberSink sink = new SubscriberSink(store, subscriber);
        Pump pump;
        try {
            pump = pumps.apply(sink);
        } catch (RuntimeException e) {
            refuse(subscriber, e);
            return;
        }
        sink.from(pump);
        try {
            subscriber.onSubscribe(sink);
        } catch (RuntimeException e) {
            sink.failed(e);
        }
        try {
            pump.start();
        } catch (SubscriptionsClosed e) {
            subscriber.onError(e);
        }
    }

    private void refuse(Flow.Subscriber<? super RecordedEvent> subscriber, RuntimeException why) {
        try {
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {}

                @Override
                public void cancel() {}
            });
            subscriber.onError(why);
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("store", store).setCause(e).log("a subscriber failed when it was refused");
        }
    }
}
