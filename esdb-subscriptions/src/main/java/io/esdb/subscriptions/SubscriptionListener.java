package io.esdb.subscriptions;

import io.esdb.RecordedEvent;
import java.time.Duration;

/**
 * The code that handles the events of a transient subscription. All methods are called one at a time, in order, each
 * seeing what the one before did; not always on the same thread. They may take as long as they like, and may call the store
 * and the subscription itself, {@code cancel} and {@code close} as well. What any of them throws ends this subscription
 * and no other, with {@link SubscriptionEnd.Reason#HANDLER_FAILED}.
 */
@FunctionalInterface
public interface SubscriptionListener {
    /**
     * Handles an event. Each event that is selected comes once, in the order of positions.
     *
     * @throws Exception to end the subscription
     */
    void event(RecordedEvent event) throws Exception;

    /** Tells that all that was in the store has been handled; from now on events come as they are appended. */
    default void caughtUp() throws Exception {}

    /** Tells, after {@link #caughtUp}, that more was appended than was read ahead; {@code caughtUp} comes again. */
    default void fellBehind() throws Exception {}

    /**
     * Tells that the store could not be read for a reason that may pass. Nothing is lost; the read is tried again.
     *
     * @param failure why
     * @param pause how long it is waited before the next try
     */
    default void retrying(RuntimeException failure, Duration pause) throws Exception {}

    /**
     * Tells, as the last call and only once, that the subscription has ended other than by its {@code cancel}. What it
     * throws is logged.
     */
    default void failed(SubscriptionEnd end) {}
}
