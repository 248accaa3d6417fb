package io.esdb.subscriptions;

import io.esdb.RecordedEvent;
import io.esdb.subscriptions.SubscriptionEnd.Reason;
import java.time.Duration;

/** Hands everything to a listener, which takes what comes. */
record ListenerSink(SubscriptionListener listener) implements Sink {
    @Override
    public boolean wants() {
        return true;
    }

    @Override
    public void event(RecordedEvent event) throws Exception {
        listener.event(event);
    }

    @Override
    public void caughtUp() throws Exception {
        listener.caughtUp();
    }

    @Override
    public void fellBehind() throws Exception {
        listener.fellBehind();
    }

    @Override
    public void retrying(RuntimeException failure, Duration pause) throws Exception {
        listener.retrying(failure, pause);
    }

    @Override
    public void ended(SubscriptionEnd end) {
        if (end.reason() != Reason.CANCELLED) {
            listener.failed(end);
        }
    }
}
