package io.esdb.subscriptions;

import io.esdb.EventStore;

/**
 * What all subscriptions to a store share.
 *
 * @param store what they read
 * @param workers their threads
 * @param tail wakes those that wait for events
 * @param roster knows them all
 */
record Hub(EventStore store, Workers workers, Tail tail, Roster roster) {}
