package io.esdb.subscriptions.persistent;

/**
 * A consumer, as the leader sees it.
 *
 * @param id different for each consumer
 * @param node the node that it is connected on; empty for a store without peers
 * @param inFlight how many events it has
 */
public record ConsumerInfo(String id, String node, int inFlight) {}
