package io.esdb.subscriptions;

import org.jspecify.annotations.Nullable;

/**
 * Why a subscription came to its end.
 *
 * @param reason what a program can act on
 * @param cause what was thrown; null where nothing was
 */
public record SubscriptionEnd(Reason reason, @Nullable Throwable cause) {

    /** What ended a subscription. */
    public enum Reason {
        /** Its own {@code cancel}. */
        CANCELLED,
        /** The {@link Subscriptions} it belongs to was closed. */
        CLOSED,
        /** The store was closed. */
        STORE_CLOSED,
        /** Its listener threw; the cause is what it threw. The event at hand counts as not delivered. */
        HANDLER_FAILED,
        /** Reading failed in a way that trying again does not mend, such as a damaged store; the cause says how. */
        READ_FAILED,
        /** The executor given for it took no more work. */
        EXECUTOR_REFUSED
    }
}
