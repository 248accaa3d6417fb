package io.esdb.subscriptions.persistent;

/**
 * The code that handles the events of a persistent subscription, one at a time. Events of one key come one after the
 * other; those of other keys may be handled at the same time on other threads. What it throws is a {@link Outcome#retry}.
 *
 * <p>It may take as long as the subscription's message timeout; then the event counts as failed, its thread is interrupted,
 * and what it says later is not heard. It may call the store and close its own consumer.
 */
@FunctionalInterface
public interface EventHandler {
    /** Handles an event; each at least once. */
    Outcome handle(Delivery delivery) throws Exception;
}
