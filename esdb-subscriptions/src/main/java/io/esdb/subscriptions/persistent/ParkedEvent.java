package io.esdb.subscriptions.persistent;

import java.time.Instant;

/**
 * An event that a subscription has set aside.
 *
 * @param position where it stands in the store
 * @param attempts how often it was tried
 * @param reason why the last try failed
 * @param consumer the id of the consumer that tried last; empty if it was to be replayed when the subscription was reset
 * @param parked when it was set aside, by the clock of the node that led
 */
public record ParkedEvent(long position, int attempts, String reason, String consumer, Instant parked) {}
