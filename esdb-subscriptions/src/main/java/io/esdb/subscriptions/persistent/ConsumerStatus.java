package io.esdb.subscriptions.persistent;

import org.jspecify.annotations.Nullable;

/**
 * How a consumer is doing at one moment.
 *
 * @param connected whether the leader gives it events
 * @param waiting how many events it has that are not begun
 * @param handled how many events were handled
 * @param failed how many of these calls threw or did not acknowledge
 * @param lastError the last failure, of a handler or of the way to the leader; empty if there was none
 * @param end why it ended; null if it has not
 */
public record ConsumerStatus(
        boolean connected,
        int waiting,
        long handled,
        long failed,
        String lastError,
        @Nullable ConsumerEnd end) {}
