package io.esdb.subscriptions;

import io.esdb.subscriptions.SubscriptionEnd.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What is logged of one subscription.
 *
 * @param store the store's name
 * @param name the subscription's
 * @param selector which events it is about
 */
record PumpLog(String store, String name, Selector selector) {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

    void ended(SubscriptionEnd end) {
        boolean asked = end.cause() == null || end.reason() == Reason.STORE_CLOSED;
        LoggingEventBuilder line = line(asked ? Level.INFO : Level.ERROR).addKeyValue("reason", end.reason());
        (asked ? line : line.setCause(end.cause())).log("a subscription has ended");
    }

    void retrying(RuntimeException failure) {
        line(Level.WARN).setCause(failure).log("a subscription cannot read and tries again");
    }

    void recovered() {
        line(Level.INFO).log("a subscription can read again");
    }

    void lastCallFailed(Throwable failure) {
        line(Level.ERROR).setCause(failure).log("a listener failed when it was told the end");
    }

    private LoggingEventBuilder line(Level level) {
        return LOG.atLevel(level)
                .addKeyValue("store", store)
                .addKeyValue("subscription", name)
                .addKeyValue("selector", selector.text());
    }
}
