package io.esdb.raft;

import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of requests that were refused; whoever is refused tries again and again, so only a few are told of in a while,
 * and how many were left out.
 */
final class RefusalLog {
    static final int MOST = 3;
    static final long WHILE_SECONDS = 60;

    private static final Logger LOG = LoggerFactory.getLogger(MemberGuard.class);

    private final LongSupplier nanos;
    private long begin;
    private int told;
    private long leftOut;

    /** @param nanos a clock like {@link System#nanoTime} */
    RefusalLog(LongSupplier nanos) {
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
    }

    synchronized void add(@Nullable SocketAddress caller, String method, @Nullable String reason) {
        long now = nanos.getAsLong();
        if (now - begin >= TimeUnit.SECONDS.toNanos(WHILE_SECONDS)) {
            begin = now;
            told = 0;
        }
        if (told == MOST) {
            leftOut++;
            return;
        }
        told++;
        LOG.atWarn()
                .addKeyValue("caller", caller)
                .addKeyValue("method", method)
                .addKeyValue("reason", reason)
                .addKeyValue("leftOut", leftOut)
                .log("A request was refused");
        leftOut = 0;
    }
}
