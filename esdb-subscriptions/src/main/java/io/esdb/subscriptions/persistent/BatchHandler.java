package io.esdb.subscriptions.persistent;

import java.util.List;

/**
 * The code that handles the events of a persistent subscription, several at a time. As {@link EventHandler}; the message
 * timeout is that of a whole batch. An outcome other than an acknowledgement, or an exception, is not laid at any event's
 * door as long as there are several: they are handed over again one by one.
 */
@FunctionalInterface
public interface BatchHandler {
    /** Handles events of one worker, in order; at least one. What it answers is meant for all of them. */
    Outcome handle(List<Delivery> deliveries) throws Exception;
}
