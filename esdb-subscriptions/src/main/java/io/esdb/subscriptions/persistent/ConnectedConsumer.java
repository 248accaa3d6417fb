package io.esdb.subscriptions.persistent;

import java.util.concurrent.CompletionStage;

/** A handler that was connected to a persistent subscription. Safe to use from any thread. */
public interface ConnectedConsumer extends AutoCloseable {
    /** Its id, which the subscription's info shows; different for each consumer. */
    String id();

    /** How it is doing. */
    ConsumerStatus status();

    /** Completes with the reason once it takes no more events and no call of its handler is under way. */
    CompletionStage<ConsumerEnd> ended();

    /**
     * Takes no more events. Calls under way go on, and what they say is still heard if they end within a second; all other
     * events go to other consumers. Never waits. Closing twice does nothing.
     */
    @Override
    void close();
}
