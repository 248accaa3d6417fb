package io.esdb.subscriptions.persistent;

/** Why a consumer came to its end. */
public enum ConsumerEnd {
    /** Its own {@code close}, or that of the {@link PersistentSubscriptions}. */
    CLOSED,
    /** The store was closed. */
    STORE_CLOSED,
    /** The subscription was deleted. */
    DELETED,
    /** Too many calls of its handler took too long and did not end when they were interrupted. */
    HANDLER_BLOCKED
}
