package io.esdb.raft;

import io.esdb.raft.Forwarding.Batch;
import io.esdb.raft.Forwarding.Delivery;
import io.esdb.raft.Proposer.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Moves what was submitted to the leader, and on the leader into the Raft log: all that waits shares an entry. One
 * thread calls {@link #step}; completions of other threads only leave word and wake it.
 */
final class Pump {
    static final int MOST_ITEMS = 256;
    /** What an entry is filled up to, if the Raft log takes that much. */
    static final int MOST_BYTES = 256 << 10;

    /** Entries of this node in the Raft log and not committed; what comes meanwhile shares the next one. */
    static final int WINDOW = 2;

    static final long TICK_MILLIS = 50;

    private final long origin;
    private final Submissions submissions;
    private final Proposals proposals;
    private final Proposer proposer;
    private final Forwarding forwarding;
    private final Runnable wake;
    private final int mostBytes;
    private final List<Runnable> arrived = new ArrayList<>();
    private int inFlight;
    private long inFlightTerm;
    private @Nullable Outgoing outgoing;
    private long nextBatch;
    private boolean ownFirst;
    private boolean smooth = true;
    /** Something was committed that the followers may not know of; and somebody on one of them waits for it. */
    private boolean untold;

    private boolean waitedFor;
    private final Insistence insistence = new Insistence();

    /** @param mostBytes the most bytes of the items of an entry; a single item may have more */
    Pump(
            long origin,
            Submissions submissions,
            Proposals proposals,
            Proposer proposer,
            Forwarding forwarding,
            Runnable wake,
            int mostBytes) {
        this.origin = origin;
        this.submissions = submissions;
        this.proposals = proposals;
        this.proposer = proposer;
        this.forwarding = forwarding;
        this.wake = wake;
        this.mostBytes = Math.min(MOST_BYTES, mostBytes);
    }

    /**
     * Does what can be done now.
     *
     * @return false if something failed, so that it is better to wait a moment than for a wake-up only
     */
    boolean step() {
        smooth = true;
        arrivals();
        Standing standing = proposer.standing();
        if (standing.leading()) {
            outgoing = null;
            lead(standing.term());
            while (inFlight < WINDOW && propose(standing.term())) {}
            if (isInsisting()) {
                tell();
            }
        } else if (standing.leader() != null) {
            forward(standing.leader(), standing.term());
        }
        return smooth;
    }

    /** What was proposed in earlier terms may never be heard of again, and must not block this one. */
    private void lead(long term) {
        if (inFlightTerm != term) {
            inFlightTerm = term;
            inFlight = 0;
            insistence.progress();
        }
    }

    /** Whether somebody on another node waits for news that nothing else is on its way to bring. */
    boolean isInsisting() {
        return waitedFor && inFlight == 0;
    }

    /** How long to wait for a wake-up before the next step. */
    long restMillis() {
        return isInsisting() ? insistence.restMillis() : TICK_MILLIS;
    }

    /** Called every {@link #TICK_MILLIS}, so that reads on other nodes do not fall far behind. */
    void tick() {
        if (untold && inFlight == 0) {
            tell();
        }
        if ((untold || inFlight > 0) && insistence.isStuck()) {
            nudge();
        }
    }

    private void tell() {
        untold = !proposer.tellCommitted();
        waitedFor &= untold;
        insistence.told(!untold);
    }

    /**
     * An entry that brings nothing makes Ratis look at what each follower has. It does not always find out otherwise: a
     * word of a follower may be lost, and is only asked for again with the next entry.
     */
    private void nudge() {
        Standing standing = proposer.standing();
        if (standing.leading()) {
            CompletionStage<Outcome> unused = proposer.propose(new ItemGroup(standing.term(), List.of()).encode());
        }
    }

    private boolean propose(long term) {
        Room room = room();
        ownFirst = !ownFirst; // in turns, so that neither keeps the other out
        List<Item> first = ownFirst ? submissions.take(term, room) : List.of();
        List<Item> foreign = proposals.take(term, room);
        List<Item> own = ownFirst ? first : submissions.take(term, room);
        if (foreign.isEmpty() && own.isEmpty()) {
            return false;
        }
        List<Item> items = new ArrayList<>(foreign);
        items.addAll(own);
        inFlight++;
        proposer.propose(new ItemGroup(term, items).encode())
                .whenComplete((outcome, failure) -> leaveWord(() -> proposed(term, foreign, own, outcome)));
        return true;
    }

    private Room room() {
        return new Room(MOST_ITEMS, mostBytes);
    }

    private void proposed(long term, List<Item> foreign, List<Item> own, @Nullable Outcome outcome) {
        inFlight -= term == inFlightTerm ? 1 : 0;
        if (outcome == Outcome.COMMITTED) {
            insistence.progress();
            untold = true;
            waitedFor |= !foreign.isEmpty();
        }
        if (outcome == Outcome.NOT_TAKEN) {
            smooth = false;
            proposals.giveBack(term, foreign);
            submissions.giveBack(term, own);
        }
    }

    private void forward(String leader, long term) {
        if (outgoing != null && (outgoing.batch.term() != term || !outgoing.leader.equals(leader))) {
            outgoing = null; // what became of it shows when an entry of the new term is applied
        }
        if (outgoing == null) {
            List<Item> items = submissions.take(term, room());
            if (items.isEmpty()) {
                return;
            }
            outgoing = new Outgoing(leader, new Batch(origin, nextBatch++, term, items));
        }
        Outgoing now = outgoing;
        if (!now.underWay) {
            now.underWay = true;
            CompletableFuture<Delivery> unused = forwarding
                    .forward(leader, now.batch)
                    .whenComplete((delivery, failure) -> leaveWord(() -> {
                        delivered(now, failure == null ? delivery : Delivery.UNKNOWN);
                    }));
        }
    }

    private void delivered(Outgoing sent, Delivery delivery) {
        sent.underWay = false;
        sent.mayHaveArrived |= delivery == Delivery.UNKNOWN;
        smooth &= delivery == Delivery.ACCEPTED;
        if (delivery == Delivery.ACCEPTED) {
            forget(sent);
        } else if (delivery != Delivery.UNKNOWN && !sent.mayHaveArrived) {
            submissions.giveBack(sent.batch.term(), sent.batch.items());
            forget(sent);
        }
    }

    private void forget(Outgoing sent) {
        if (outgoing == sent) {
            outgoing = null;
        }
    }

    private void arrivals() {
        List<Runnable> now;
        synchronized (arrived) {
            now = new ArrayList<>(arrived);
            arrived.clear();
        }
        now.forEach(Runnable::run);
    }

    private void leaveWord(Runnable completion) {
        synchronized (arrived) {
            arrived.add(completion);
        }
        wake.run();
    }

    private static final class Outgoing {
        final String leader;
        final Batch batch;
        boolean underWay;
        boolean mayHaveArrived;

        Outgoing(String leader, Batch batch) {
            this.leader = leader;
            this.batch = batch;
        }
    }
}
