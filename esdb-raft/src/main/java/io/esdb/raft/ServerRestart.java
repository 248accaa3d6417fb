package io.esdb.raft;

import io.esdb.StoreCorrupt;
import io.esdb.StoreFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
    /** A force of an older segment has succeeded before the one after the next was begun. */
    private static final int REWRITTEN = 2;

    private static final int PROBE_BYTES = 256 << 10;
    /** A failure this soon after a restart is taken for the same one. */
    private static final Duration CALM = Duration.ofMinutes(1);

    private final RatisServer server;
    private final Supplier<Collection<OpenStore>> stores;
    private final ScheduledExecutorService timer;
    private boolean scheduled;
    private long pause = FIRST_PAUSE_MILLIS;
    private long lastRestart = System.nanoTime() - CALM.toNanos();

    /** @param timer may be kept busy by a restart */
    ServerRestart(RatisServer server, Supplier<Collection<OpenStore>> stores, ScheduledExecutorService timer) {
        this.server = server;
        this.stores = stores;
        this.timer = timer;
    }

    synchronized void request(String reason, @Nullable Throwable cause) {
        if (!scheduled) {
            LOG.atError().setCause(cause).log("The Raft server is started anew: {}", reason);
            scheduled = true;
            boolean again = System.nanoTime() - lastRestart < CALM.toNanos();
            pause = again ? longer(pause) : FIRST_PAUSE_MILLIS;
            schedule();
        }
    }

    private synchronized void schedule() {
        if (!timer.isShutdown()) {
            ScheduledFuture<?> unused = timer.schedule(this::attempt, pause, TimeUnit.MILLISECONDS);
        }
    }

    private static long longer(long pause) {
        return Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }

    private void attempt() {
        try {
            server.stop();
            List<OpenStore> ready = new ArrayList<>();
            for (OpenStore store : stores.get()) {
                if (Files.isDirectory(server.folder(store.record().group())) && isFit(store)) {
                    ready.add(store);
                }
            }
            server.restart();
            succeeded(ready);
        } catch (Throwable e) { // even out of memory is no reason to give up
            LOG.atDebug().setCause(e).log("The Raft server could not be started anew yet");
            synchronized (this) {
                pause = longer(pause);
            }
            schedule();
        }
    }

    /** One store that is damaged must not keep the others from being served. */
    private boolean isFit(OpenStore store) throws IOException {
        try {
            Path group = server.folder(store.record().group());
            requireWritable(group);
            rewriteNewest(group);
            store.mark().mend();
            store.guard();
            return true;
        } catch (StoreCorrupt | StoreFailed e) {
            LOG.atError().addKeyValue("store", store.name()).setCause(e).log("The store is left out of its cluster");
            store.log().problems().set("log", "it was left out of its cluster: " + e.getMessage());
            server.park(store.record().group());
            return false;
        }
    }

    /** A server that starts on a full disk would take part in votes, and fail again with the next entry. */
    private static void requireWritable(Path group) throws IOException {
        Path probe = group.resolve("probe");
        try {
            SyncedFiles.replace(probe, new byte[PROBE_BYTES]);
        } finally {
            Files.deleteIfExists(probe.resolveSibling("probe.new"));
            Files.deleteIfExists(probe);
        }
    }

    /**
     * Once a force has failed, the system may take what it could not write for written, and the next force for done.
     * Only new bytes are certain.
     */
    private static void rewriteNewest(Path group) throws IOException {
        List<LogSegmentFile> segments = LogSegmentFile.in(group.resolve("current"));
        Path copy = group.resolve("rewritten");
        for (LogSegmentFile segment : segments.subList(Math.max(0, segments.size() - REWRITTEN), segments.size())) {
            Files.deleteIfExists(copy);
            SyncedFiles.copy(segment.path(), copy);
            SyncedFiles.move(copy, segment.path());
        }
    }

    private void succeeded(List<OpenStore> started) {
        synchronized (this) {
            scheduled = false;
            lastRestart = System.nanoTime();
        }
        for (OpenStore store : started) {
            store.log().problems().clear("log");
            store.log().problems().clear("mark");
        }
        LOG.atWarn().log("The Raft server runs again");
    }
}
