package io.esdb.subscriptions.persistent;

import io.esdb.spi.DocumentConflict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** What is logged of pools and consumers. */
final class PoolLog {
    private static final Logger LOG = LoggerFactory.getLogger(PersistentSubscriptions.class);

    private PoolLog() {}

    static void started(String store, String subscription, long term) {
        line(Level.INFO, store, subscription).addKeyValue("term", term).log("an emitter pool starts");
    }

    static void failed(String store, String subscription, Throwable failure, long pauseMillis) {
        if (failure instanceof DocumentConflict || failure instanceof Superseded) { // as is meant to be
            line(Level.INFO, store, subscription)
                    .addKeyValue("reason", failure.getMessage())
                    .log("an emitter pool was fenced off, by an operation or another pool, and one starts again");
            return;
        }
        line(Level.WARN, store, subscription)
                .addKeyValue("pauseMillis", pauseMillis)
                .setCause(failure)
                .log("an emitter pool has failed and starts again");
    }

    static void stopped(String store, String subscription, String reason) {
        line(Level.ERROR, store, subscription)
                .addKeyValue("reason", reason)
                .log("a handler has stopped the subscription");
    }

    static void parked(String store, String subscription, Effect.Park park) {
        line(Level.WARN, store, subscription)
                .addKeyValue("position", park.position())
                .addKeyValue("attempts", park.attempts())
                .addKeyValue("reason", park.reason())
                .log("an event was parked");
    }

    static void notReady(String store, Throwable failure) {
        LOG.atWarn()
                .addKeyValue("store", store)
                .setCause(failure)
                .log("the emitter pools could not be looked after, which is tried again");
    }

    static void consumerEnded(String store, String subscription, ConsumerEnd end) {
        boolean asked = end == ConsumerEnd.CLOSED || end == ConsumerEnd.STORE_CLOSED;
        line(asked ? Level.INFO : Level.ERROR, store, subscription)
                .addKeyValue("reason", end)
                .log("a consumer has ended");
    }

    static void consumerWaits(String store, String subscription, String reason) {
        line(Level.WARN, store, subscription)
                .addKeyValue("reason", reason)
                .log("a consumer has no pool and tries again");
    }

    static void consumerUnanswered(String store, String subscription, String reason) {
        line(Level.WARN, store, subscription)
                .addKeyValue("reason", reason)
                .log("a consumer gets no answer from the leader and asks again");
    }

    static void consumerAnswered(String store, String subscription) {
        line(Level.INFO, store, subscription).log("a consumer gets answers from the leader again");
    }

    private static LoggingEventBuilder line(Level level, String store, String subscription) {
        return LOG.atLevel(level).addKeyValue("store", store).addKeyValue("subscription", subscription);
    }
}
