package io.esdb.subscriptions;

/** What a subscription is doing. */
public enum SubscriptionState {
    /** It reads what is in the store already. */
    CATCHING_UP,
    /** It has handled all there was and follows. */
    LIVE,
    /** The store could not be read; it waits and tries again. */
    RETRYING,
    /** It has ended; the status says why. */
    ENDED
}
