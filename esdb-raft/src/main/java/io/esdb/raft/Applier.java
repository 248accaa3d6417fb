package io.esdb.raft;

import io.esdb.IndeterminateAppend;
import io.esdb.StoreCorrupt;
import io.esdb.StoreFailed;
import io.esdb.spi.LogConsumer;
import io.esdb.spi.LogEntry;
import io.esdb.spi.LogIndex;
import io.esdb.spi.LogState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies committed entries on a thread of its own: what has gathered while one batch was stored makes the next one.
 * While the storage cannot take a batch it is tried again; nothing is lost, the entries are in the Raft log.
 */
final class Applier {
    private static final Logger LOG = LoggerFactory.getLogger(Applier.class);
    private static final int MOST_WAITING = 4_096;
    /** What may wait here beside the entry that comes; the rest waits in the Raft log, on disk. */
    static final long MOST_BYTES = 16 << 20;

    private static final int MOST_ENTRIES = 512;
    private static final long RETRY_MILLIS = 200;

    private final String store;
    private final LogConsumer consumer;
    private final Submissions submissions;
    private final Consumer<LogState> progress;
    private final BlockingQueue<Committed> queue = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Signal room = new Signal();
    private final Signal signal = new Signal();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile @Nullable Throwable trouble;
    private volatile boolean broken;
    private long term;

    /** @param progress told of the state after every batch, on the applying thread */
    Applier(String store, LogConsumer consumer, Submissions submissions, Consumer<LogState> progress) {
        this.store = store;
        this.consumer = consumer;
        this.submissions = submissions;
        this.progress = progress;
        this.thread = new Thread(this::run, "esdb-applier-" + store);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /**
     * Takes an entry, in the order of the log. Waits while too many, or too large ones, wait already.
     *
     * @throws IllegalStateException if this node must not go on
     */
    void enqueue(Committed entry) {
        try {
            boolean taken = false;
            while (!taken) {
                if (broken || stopped) {
                    throw new IllegalStateException("store '" + store + "' does not apply any more", trouble);
                }
                if (waitingBytes.get() >= MOST_BYTES) {
                    room.await(RETRY_MILLIS);
                } else {
                    taken = queue.offer(entry, RETRY_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
            waitingBytes.addAndGet(entry.bytes());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The bytes of the entries that wait, without those that are being applied. */
    long waitingBytes() {
        return waitingBytes.get();
    }

    /** Why nothing is applied now; null if all is well. */
    @Nullable
    Throwable trouble() {
        return trouble;
    }

    /** Whether this node must not go on until it is opened anew. */
    boolean isBroken() {
        return broken;
    }

    /** Replaces the state by an image; what was submitted here and may be in it cannot be followed any more. */
    LogIndex install(Path image) {
        synchronized (consumer) {
            LogIndex installed = consumer.install(image);
            submissions.lostSight("this node had fallen behind and was given a copy of the store", null);
            submissions.termApplied(installed.term());
            progress.accept(consumer.state());
            return installed;
        }
    }

    void stop() {
        stopped = true;
        signal.raise();
        thread.interrupt();
    }

    /** Whether it has ended by then. */
    boolean join(Duration most) {
        return Uninterrupted.join(thread, most);
    }

    private void run() {
        List<Committed> batch = new ArrayList<>();
        while (!stopped && !broken) {
            batch.clear();
            try {
                batch.add(queue.take());
            } catch (InterruptedException e) {
                continue; // ends by the flag
            }
            queue.drainTo(batch, MOST_ENTRIES - 1);
            waitingBytes.addAndGet(-batch.stream().mapToLong(Committed::bytes).sum());
            room.raise();
            applyInParts(batch);
        }
        List<Committed> left = new ArrayList<>(batch);
        queue.drainTo(left);
        left.forEach(entry -> entry.done().completeExceptionally(new IllegalStateException("not applied")));
    }

    /** All nodes end a batch at the same indexes now and then, so that their states can be compared there. */
    private void applyInParts(List<Committed> batch) {
        int from = 0;
        for (int to = 1; to <= batch.size(); to++) {
            if (to == batch.size()
                    || DigestSamples.isSampled(batch.get(to - 1).at().index())) {
                applyUntilStored(batch.subList(from, to));
                from = to;
            }
        }
    }

    private void applyUntilStored(List<Committed> batch) {
        while (!stopped && !broken) {
            try {
                apply(batch);
                recovered();
                return;
            } catch (IndeterminateAppend | StoreFailed | StoreCorrupt e) {
                fail(e);
            } catch (RuntimeException e) {
                report(e);
                signal.await(RETRY_MILLIS);
            } catch (Throwable e) { // whatever it was, nobody knows how far this node has come
                fail(e);
            }
        }
    }

    private void apply(List<Committed> batch) {
        synchronized (consumer) {
            LogIndex before = consumer.applied();
            List<LogEntry> entries = new ArrayList<>(batch.size());
            for (Committed entry : batch) {
                if (entry.at().index() > before.index()) {
                    entries.add(entry.toLogEntry());
                }
            }
            List<byte[]> replies = entries.isEmpty() ? List.of() : consumer.apply(entries);
            answer(batch, before, replies);
            progress.accept(consumer.state());
        }
    }

    private void answer(List<Committed> batch, LogIndex before, List<byte[]> replies) {
        int next = 0;
        for (Committed entry : batch) {
            if (entry.at().term() > term) {
                term = entry.at().term();
                submissions.termApplied(term);
            }
            boolean fresh = entry.at().index() > before.index();
            for (Item item : entry.items()) {
                if (!fresh) {
                    submissions.answerLost(item); // stored by a commit that seemed to fail
                } else {
                    submissions.applied(item, item.isBarrier() ? new byte[0] : replies.get(next++));
                }
            }
            entry.done().complete(entry.at());
        }
    }

    private void report(Throwable failure) {
        if (trouble == null) {
            LOG.atError().addKeyValue("store", store).setCause(failure).log("committed entries cannot be stored");
        }
        trouble = failure;
    }

    private void recovered() {
        if (trouble != null) {
            LOG.atWarn().addKeyValue("store", store).log("committed entries are stored again");
            trouble = null;
        }
    }

    private void fail(Throwable failure) {
        report(failure);
        broken = true;
        submissions.lostSight("this node failed while it applied the log", failure);
    }

    /**
     * An entry of the Raft log that is committed.
     *
     * @param at its place
     * @param items what it brings; none if it is one of Raft's own, or void
     * @param done completed once it is applied
     */
    record Committed(LogIndex at, List<Item> items, CompletableFuture<LogIndex> done) {
        long bytes() {
            return items.stream().mapToLong(Item::bytes).sum();
        }

        LogEntry toLogEntry() {
            List<byte[]> commands = new ArrayList<>(items.size());
            for (Item item : items) {
                if (!item.isBarrier()) {
                    commands.add(item.command());
                }
            }
            return new LogEntry(at, commands);
        }
    }
}
