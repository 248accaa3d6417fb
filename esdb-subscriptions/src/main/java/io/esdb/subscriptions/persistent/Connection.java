package io.esdb.subscriptions.persistent;

/**
 * Whether a consumer is in touch with a pool, and what it ran into last. Says in the log once what has changed. Written by the
 * consumer's thread, read by any.
 */
final class Connection {
    private final String store;
    private final String subscription;
    private volatile boolean connected;
    private volatile boolean unanswered;
    private volatile String lastError = "";

    Connection(String store, String subscription) {
        this.store = store;
        this.subscription = subscription;
    }

    /** Whether a pool gives it events. */
    boolean isConnected() {
        return connected;
    }

    /** Whether polls failed, or got no answer in time, since the last answer. */
    boolean isUnanswered() {
        return unanswered;
    }

    /** The last failure, of a handler or of the way to the leader; empty if there was none. */
    String lastError() {
        return lastError;
    }

    void failed(String reason) {
        lastError = Check.reason(reason);
    }

    /** The leader has answered. */
    void answered() {
        if (unanswered) {
            PoolLog.consumerAnswered(store, subscription);
        }
        unanswered = false;
    }

    void connected() {
        connected = true;
    }

    /** A poll has failed or was given up. */
    void unanswered(String reason) {
        failed(reason);
        if (!unanswered) {
            PoolLog.consumerUnanswered(store, subscription, lastError);
        }
        unanswered = true;
        connected = false;
    }

    /** What the leader says cannot be made use of. */
    void troubled(String reason) {
        failed(reason);
        noPool(lastError);
    }

    /** The leader has no pool that runs. */
    void noPool(String reason) {
        if (connected) {
            PoolLog.consumerWaits(store, subscription, reason);
        }
        connected = false;
    }
}
