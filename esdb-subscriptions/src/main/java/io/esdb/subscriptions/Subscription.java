package io.esdb.subscriptions;

import java.util.concurrent.CompletionStage;

/** A transient subscription that was started. Safe to use from any thread. */
public interface Subscription extends AutoCloseable {
    /**
     * Ends it. Never waits, so one call of its listener may still be under way or just begin; none follows. Cancelling what
     * has ended does nothing.
     */
    void cancel();

    /** As {@link #cancel}. */
    @Override
    default void close() {
        cancel();
    }

    /** How it is doing. Reads the store's last position, if the store is open. */
    SubscriptionStatus status();

    /**
     * Completes with the reason once it has ended and its listener will not be called any more; never fails. Dependent
     * actions run where the listener does.
     */
    CompletionStage<SubscriptionEnd> ended();
}
