package io.esdb.examples.revenue;

import io.esdb.EsdbException;
import io.esdb.RecordedEvent;
import io.esdb.StoreClosed;
import io.esdb.json.EventTypes;
import io.esdb.json.JsonEvents;
import io.esdb.subscriptions.From;
import io.esdb.subscriptions.Selector;
import io.esdb.subscriptions.Subscription;
import io.esdb.subscriptions.SubscriptionEnd;
import io.esdb.subscriptions.SubscriptionEnd.Reason;
import io.esdb.subscriptions.SubscriptionListener;
import io.esdb.subscriptions.Subscriptions;
import io.esdb.subscriptions.SubscriptionsClosed;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each item has brought in, in a database. It begins after the place that it finds there. When the database fails, nobody
 * knows whether the last transaction came through; so it connects anew, and finds out by the place.
 */
final class Revenue {
    static final JsonEvents JSON = JsonEvents.of(EventTypes.none().with("ItemSold", ItemSold.class));

    private static final Logger LOG = LoggerFactory.getLogger(Revenue.class);
    private static final Selector SALES = Selector.category("item").and(Selector.types("ItemSold"));

    private final Subscriptions subscriptions;
    private final Database database;
    private final Executor later;

    private Revenue(Subscriptions subscriptions, Database database, Duration pause) {
        this.subscriptions = subscriptions;
        this.database = database;
        this.later = CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Keeps it until the subscriptions are closed. After a failure it goes on once the pause is over. */
    static void keep(Subscriptions subscriptions, Database database, Duration pause) {
        new Revenue(subscriptions, database, pause).goOn();
    }

    private void goOn() {
        try {
            begin();
        } catch (SubscriptionsClosed | StoreClosed e) {
            LOG.debug("the revenue is not kept any more", e);
        } catch (SQLException | EsdbException e) {
            LOG.warn("the revenue cannot be kept for now, which is tried again", e);
            later.execute(this::goOn);
        }
    }

    private void begin() throws SQLException {
        RevenueTables tables = RevenueTables.in(database);
        try {
            Subscription unused = subscriptions.subscribe(SALES, From.after(tables.place()), new Listener(tables));
        } catch (SQLException | RuntimeException e) {
            tables.close();
            throw e;
        }
    }

    private final class Listener implements SubscriptionListener {
        private final RevenueTables tables;

        Listener(RevenueTables tables) {
            this.tables = tables;
        }

        @Override
        public void event(RecordedEvent event) throws SQLException {
            tables.count(JSON.read(event, ItemSold.class), event.position());
        }

        @Override
        public void failed(SubscriptionEnd end) {
            try {
                tables.close();
            } catch (SQLException e) {
                LOG.debug("the connection was lost before it was closed", e);
            }
            if (end.reason() == Reason.HANDLER_FAILED) {
                later.execute(Revenue.this::goOn);
            }
        }
    }
}
