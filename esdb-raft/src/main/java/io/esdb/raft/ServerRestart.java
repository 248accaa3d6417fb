package io.esdb.raft;

import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the Raft server anew after one of its logs has failed: Ratis does not try again by itself, and its callers
 * would wait for ever. Goes on trying with growing pauses, as the disk may be full for hours.
 */
final class ServerRestart {
    private static final Logger LOG = LoggerFactory.getLogger(ServerRestart.class);
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 15_000;

    private final RatisServer server;
    private final Supplier<Collection<OpenStore>> stores;
    private final ScheduledExecutorService timer;
    private boolean scheduled;

    /** @param timer may be kept busy by a restart */
    ServerRestart(RatisServer server, Supplier<Collection<OpenStore>> stores, ScheduledExecutorService timer) {
        this.server = server;
        this.stores = stores;
        this.timer = timer;
    }

    synchronized void request(String reason, Throwable cause) {
        if (!scheduled) {
            LOG.atError().setCause(cause).log("The Raft server is started anew: {}", reason);
            scheduled = true;
            schedule(FIRST_PAUSE_MILLIS);
        }
    }

    private void schedule(long pause) {
        if (!timer.isShutdown()) {
            ScheduledFuture<?> unused = timer.schedule(() -> attempt(pause), pause, TimeUnit.MILLISECONDS);
        }
    }

    private void attempt(long pause) {
        try {
            server.stop();
            for (OpenStore store : stores.get()) {
                store.guard();
            }
            server.restart();
            synchronized (this) {
                scheduled = false;
            }
            stores.get().forEach(store -> store.log().problems().clear("log"));
            LOG.atWarn().log("The Raft server runs again");
        } catch (IOException | RuntimeException e) {
            LOG.atDebug().setCause(e).log("The Raft server could not be started anew yet");
            schedule(Math.min(2 * pause, LONGEST_PAUSE_MILLIS));
        }
    }
}
