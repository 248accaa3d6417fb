package io.esdb.subscriptions.persistent;

import io.esdb.RecordedEvent;

/**
 * An event that is handed to a handler.
 *
 * @param subscription the subscription's name
 * @param event the event
 * @param attempt which try this is, from 1. A delivery that is repeated since a consumer or a leader went away has the
 *     number of the one before
 * @param replayed whether it was parked before and is replayed
 */
public record Delivery(String subscription, RecordedEvent event, int attempt, boolean replayed) {}
