package io.esdb.raft;

import io.esdb.IndeterminateAppend;
import io.esdb.LeadershipListener;
import io.esdb.LimitExceeded;
import io.esdb.Registration;
import io.esdb.StoreStatus;
import io.esdb.StoreUnavailable;
import io.esdb.raft.Forwarding.Batch;
import io.esdb.spi.CommandLog;
import io.esdb.spi.LogConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command log of one store on this node. What is submitted travels to the leader, into the Raft log and back to all
 * nodes; a submission is answered when this node itself has applied it, so its reads then see it.
 */
final class RatisCommandLog implements CommandLog {
    private static final Logger LOG = LoggerFactory.getLogger(RatisCommandLog.class);
    private static final long PAUSE_MILLIS = 20;
    private static final Duration ANSWER_PAUSE = Duration.ofMillis(5);
    /** Whatever the store's own timeout is: what is being applied must not lose its storage. */
    private static final Duration STOPPING = Duration.ofSeconds(20);

    private final String store;
    private final Duration patience;
    private final int mostBytes;
    private final StoreGroup group;
    private final LogConsumer consumer;
    private final Questioner questioner;
    private final Runnable onClose;
    private final Submissions submissions;
    private final Proposals proposals = new Proposals();
    private final Leadership leadership;
    private final DigestSamples digests = new DigestSamples();
    private final Problems problems = new Problems();
    private final Signal signal = new Signal();
    private final Signal pause = new Signal();
    private final Applier applier;
    private final Pump pump;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile boolean orphaned;
    private boolean closed;

    /**
     * @param timeout how long a submission may take
     * @param mostBytes the most bytes of a command
     * @param onClose leaves the Raft group; called once all that could be answered is
     */
    RatisCommandLog(
            String store,
            Duration timeout,
            int mostBytes,
            StoreGroup group,
            LogConsumer consumer,
            Forwarding forwarding,
            Questioner questioner,
            Runnable onClose) {
        this.store = store;
        // The log gives up a little before the caller does: it knows better what became of a submission.
        this.patience = timeout.minus(shorter(timeout.dividedBy(10), Duration.ofMillis(500)));
        this.mostBytes = mostBytes;
        this.group = group;
        this.consumer = consumer;
        this.questioner = questioner;
        this.onClose = onClose;
        long origin = ThreadLocalRandom.current().nextLong();
        this.submissions = new Submissions(store, origin);
        this.leadership = new Leadership(store);
        this.applier = new Applier(store, consumer, submissions, state -> {
            digests.add(state);
            signal.raise();
        });
        this.pump =
                new Pump(origin, submissions, proposals, group, forwarding, signal::raise, mostBytes + Item.OVERHEAD);
        this.thread = new Thread(this::run, "esdb-log-" + store);
        thread.setDaemon(true);
    }

    void start() {
        applier.start();
        thread.start();
    }

    Applier applier() {
        return applier;
    }

    LogConsumer consumer() {
        return consumer;
    }

    StoreGroup group() {
        return group;
    }

    DigestSamples digests() {
        return digests;
    }

    Problems problems() {
        return problems;
    }

    /** Something has changed that the pump should look at. */
    void wake() {
        signal.raise();
    }

    @Override
    public CompletionStage<byte[]> submit(byte[] command) {
        if (command.length > mostBytes) {
            return CompletableFuture.failedFuture(new LimitExceeded("entryBytes", mostBytes, command.length));
        }
        return add(command);
    }

    @Override
    public int mostBytes() {
        return mostBytes;
    }

    private CompletableFuture<byte[]> add(byte[] command) {
        CompletableFuture<byte[]> reply = submissions.add(command, System.nanoTime() + patience.toNanos());
        signal.raise();
        return reply;
    }

    /** Takes items from another node, if this one leads the term they were meant for. */
    boolean accept(Batch batch) {
        Standing standing = group.standing();
        boolean accepted = standing.leading()
                && standing.term() == batch.term()
                && applier.trouble() == null
                && proposals.accept(batch.term(), batch.origin(), batch.number(), batch.items());
        if (accepted) {
            signal.raise();
        }
        return accepted;
    }

    /** An entry without a command: once it was applied here, so was everything before it. */
    @Override
    public CompletionStage<Void> barrier() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        CompletableFuture<byte[]> unused = add(new byte[0]).whenComplete((reply, failure) -> {
            if (failure instanceof IndeterminateAppend e) {
                done.completeExceptionally(new StoreUnavailable(store, e.reason(), e));
            } else if (failure != null) {
                done.completeExceptionally(failure);
            } else {
                done.complete(null);
            }
        });
        return done;
    }

    @Override
    public CompletionStage<byte[]> ask(byte[] question) {
        return group.standing().leading() ? consumer.answer(question) : questioner.ask(question, patience);
    }

    @Override
    public Registration leadership(LeadershipListener listener) {
        return leadership.listen(listener);
    }

    @Override
    public StoreStatus status() {
        List<String> all = new ArrayList<>(problems.all());
        Throwable trouble = applier.trouble();
        if (trouble != null) {
            all.add("committed entries cannot be stored: " + trouble.getMessage());
        }
        return group.status(questioner.self(), consumer.applied().index(), all);
    }

    private void run() {
        RepeatedWork step = new RepeatedWork(store, "step", problems, this::step);
        RepeatedWork tick = new RepeatedWork(store, "tick", problems, this::tick);
        long nextTick = System.nanoTime();
        while (!stopped) {
            boolean smooth = step.run();
            if (System.nanoTime() - nextTick >= 0) {
                smooth &= tick.run();
                nextTick =
                        System.nanoTime() + Duration.ofMillis(Pump.TICK_MILLIS).toNanos();
            }
            if (smooth) {
                signal.await(pump.restMillis());
            } else {
                pause.await(PAUSE_MILLIS);
            }
        }
        leadership.observe(new Standing(false, null, 0));
    }

    /** False if it is better to wait a moment before the next one. */
    private boolean step() {
        leadership.observe(group.standing());
        return applier.trouble() == null && pump.step();
    }

    private boolean tick() {
        submissions.expire(System.nanoTime(), whyWaiting());
        pump.tick();
        return true;
    }

    private String whyWaiting() {
        Standing standing = group.standing();
        if (applier.trouble() != null) {
            return "committed entries cannot be stored";
        }
        return standing.leader() == null ? "no leader is known" : "the leader could not take it in time";
    }

    /** This node belongs to the cluster no more: what it submits can be ordered nowhere. */
    void removed() {
        String reason = "this node was removed from the cluster";
        problems.set("member", reason);
        submissions.end(reason);
    }

    /** The node is gone: nobody will answer any more. */
    void nodeClosed() {
        orphaned = true;
        submissions.close();
        submissions.failAll();
        problems.set("node", "its node was closed");
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        submissions.close();
        awaitAnswers();
        try {
            onClose.run();
        } finally {
            stop();
        }
    }

    private void awaitAnswers() {
        long end = System.nanoTime() + shorter(patience, Duration.ofSeconds(5)).toNanos();
        while (!submissions.isEmpty() && !orphaned && !applier.isBroken() && System.nanoTime() - end < 0) {
            Uninterrupted.sleep(ANSWER_PAUSE);
        }
    }

    private void stop() {
        stopped = true;
        signal.raise();
        pause.raise();
        applier.stop();
        submissions.failAll();
        if (!Uninterrupted.join(thread, STOPPING) || !applier.join(STOPPING)) {
            LOG.atWarn().addKeyValue("store", store).log("A thread of the log has not ended");
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** The way to the leader for questions. */
    interface Questioner {
        CompletionStage<byte[]> ask(byte[] question, Duration patience);

        /** This node's name. */
        String self();
    }
}
