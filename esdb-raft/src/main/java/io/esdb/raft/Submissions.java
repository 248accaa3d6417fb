package io.esdb.raft;

import io.esdb.EsdbException;
import io.esdb.IndeterminateAppend;
import io.esdb.StoreClosed;
import io.esdb.StoreUnavailable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was submitted on this node and has not been seen applied here yet. Either it waits for a leader, or it was sent
 * to the leader of one term. Entries of a term all lie before those of later terms. So what was sent in a term and not
 * seen by the time a later term's entry is applied will never be applied: it waits again, and nothing happens twice.
 */
final class Submissions {
    private final String store;
    private final long origin;
    private final TreeMap<Long, Submission> waiting = new TreeMap<>();
    private final TreeMap<Long, Submission> sent = new TreeMap<>();
    private long sentTerm;
    private long appliedTerm;
    private long nextSeq;
    private boolean closed;
    private @Nullable String endReason;

    Submissions(String store, long origin) {
        this.store = store;
        this.origin = origin;
    }

    CompletableFuture<byte[]> add(byte[] command, long end) {
        synchronized (this) {
            if (!closed) {
                Submission submission = new Submission(nextSeq++, command, end);
                waiting.put(submission.seq, submission);
                return submission.reply;
            }
        }
        return CompletableFuture.failedFuture(refusal());
    }

    /**
     * Takes what waits, to be sent in a term. Nothing while it is not known what became of an earlier term's, and nothing
     * for a term that is over.
     */
    synchronized List<Item> take(long term, Room room) {
        List<Item> taken = new ArrayList<>();
        if (term < appliedTerm || (!sent.isEmpty() && sentTerm != term)) {
            return taken;
        }
        while (!waiting.isEmpty()) {
            Submission next = waiting.firstEntry().getValue();
            Item item = new Item(origin, next.seq, next.command);
            if (!room.take(item.bytes())) {
                break;
            }
            waiting.remove(next.seq);
            sent.put(next.seq, next);
            taken.add(item);
        }
        sentTerm = taken.isEmpty() ? sentTerm : term;
        return taken;
    }

    synchronized boolean isWaiting() {
        return !waiting.isEmpty();
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty() && sent.isEmpty();
    }

    /** Items that were to be sent in a term and certainly never left wait again, in their old places. */
    synchronized void giveBack(long term, List<Item> items) {
        if (term != sentTerm) {
            return; // they wait already, or were sent again
        }
        for (Item item : items) {
            Submission back = sent.remove(item.seq());
            if (back != null) {
                waiting.put(back.seq, back);
            }
        }
    }

    /** An entry of this term is being applied. */
    synchronized void termApplied(long term) {
        appliedTerm = Math.max(appliedTerm, term);
        if (sentTerm < term) {
            waiting.putAll(sent);
            sent.clear();
        }
    }

    /** An item has been applied here. */
    void applied(Item item, byte[] reply) {
        Submission done = remove(item);
        if (done != null) {
            done.reply.complete(reply);
        }
    }

    /** An item has been applied here, and nobody knows the answer. */
    void answerLost(Item item) {
        Submission done = remove(item);
        if (done != null) {
            done.reply.completeExceptionally(unknown("it was stored and the answer was lost", null));
        }
    }

    private @Nullable Submission remove(Item item) {
        if (item.origin() != origin) {
            return null;
        }
        synchronized (this) {
            return sent.remove(item.seq());
        }
    }

    /** Ends those whose time is over; {@code reason} says why they still wait. */
    void expire(long now, String reason) {
        List<Submission> unsent = new ArrayList<>();
        List<Submission> unknown = new ArrayList<>();
        synchronized (this) {
            collect(waiting.values().iterator(), now, unsent);
            collect(sent.values().iterator(), now, unknown);
        }
        fail(unsent, submission -> new StoreUnavailable(store, reason, null));
        fail(unknown, submission -> unknown("the cluster did not answer in time", null));
    }

    private static void collect(Iterator<Submission> from, long now, List<Submission> ended) {
        while (from.hasNext()) {
            Submission submission = from.next();
            if (submission.end - now <= 0) {
                from.remove();
                ended.add(submission);
            }
        }
    }

    /** What was sent cannot be followed any more. */
    void lostSight(String reason, @Nullable Throwable cause) {
        List<Submission> unknown;
        synchronized (this) {
            unknown = new ArrayList<>(sent.values());
            sent.clear();
        }
        fail(unknown, submission -> unknown(reason, cause));
    }

    /** Takes nothing more. */
    synchronized void close() {
        closed = true;
    }

    /** Takes nothing more, and ends all that is there, for a reason that lasts. */
    void end(String reason) {
        synchronized (this) {
            closed = true;
            endReason = reason;
        }
        failWaiting();
        lostSight(reason, null);
    }

    private synchronized EsdbException refusal() {
        return endReason == null ? new StoreClosed(store) : new StoreUnavailable(store, endReason, null);
    }

    /** Ends all that is left after {@link #close}. */
    void failAll() {
        failWaiting();
        lostSight("the store was closed", null);
    }

    private void failWaiting() {
        List<Submission> unsent;
        synchronized (this) {
            unsent = new ArrayList<>(waiting.values());
            waiting.clear();
        }
        fail(unsent, submission -> refusal());
    }

    private EsdbException unknown(String reason, @Nullable Throwable cause) {
        return new IndeterminateAppend(store, reason, cause);
    }

    private static void fail(List<Submission> submissions, Function<Submission, EsdbException> failure) {
        submissions.forEach(submission -> submission.reply.completeExceptionally(failure.apply(submission)));
    }
}
