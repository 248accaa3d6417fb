package io.esdb.subscriptions;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a subscription is doing at one moment.
 *
 * @param name as its options say
 * @param selector which events it is about
 * @param state what it is doing
 * @param place the position up to which all that is selected was handled, -1 if none
 * @param lag how many positions the store is ahead of the place; events that are not selected count until they are passed
 * @param delivered how many events were handled
 * @param handling how long the listener has been busy with one call; zero if it is not
 * @param lastError the last failure, of a read that was tried again or of what ended it; null if there was none
 * @param end why it ended; null if it has not
 */
public record SubscriptionStatus(
        String name,
        Selector selector,
        SubscriptionState state,
        long place,
        long lag,
        long delivered,
        Duration handling,
        @Nullable Throwable lastError,
        @Nullable SubscriptionEnd end) {}
