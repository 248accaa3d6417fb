package io.esdb.subscriptions.persistent;

/** What a persistent subscription is doing. */
public enum PoolState {
    /** Its pool is about to run: it reads what was stored. */
    STARTING,
    /** Its pool runs on the leader and delivers. */
    RUNNING,
    /** Its pool failed and starts again after a wait; the last error says why. */
    FAILING,
    /** It was paused. */
    PAUSED,
    /** It was stopped by a handler; the reason says why. It goes on when it is resumed. */
    STOPPED,
    /** The leader has no pool for it, or was not reached, or has no {@link PersistentSubscriptions} open. */
    MISSING
}
