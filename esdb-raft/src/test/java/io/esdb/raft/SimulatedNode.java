package io.esdb.raft;

import io.esdb.raft.FakeRaft.Entry;
import io.esdb.raft.FakeRaft.Peer;
import io.esdb.raft.Forwarding.Batch;
import io.esdb.raft.Proposer.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The log path of one node, with a Raft peer and an applier that move when told to. */
final class SimulatedNode implements Proposer {
    static final Standing NOBODY = new Standing(false, null, 0);

    final Peer peer;
    final List<Submitted> all = new ArrayList<>();
    final Deque<Proposal> inbox = new ArrayDeque<>();
    private final LogSimulation world;
    private Standing view = NOBODY;
    private long origin;
    private long seq;
    private Submissions submissions;
    private Proposals proposals;
    private Pump pump;
    private int applied;
    private long appliedTerm;

    SimulatedNode(Peer peer, LogSimulation world) {
        this.peer = peer;
        this.world = world;
        open();
    }

    private void open() {
        origin = world.random.nextLong();
        seq = 0;
        submissions = new Submissions("simulated", origin);
        proposals = new Proposals();
        pump = new Pump(origin, submissions, proposals, this, world::forward, () -> {}, 1 << 20);
        appliedTerm = 0;
    }

    /** A crash: whoever waited is gone too. */
    void restart() {
        all.forEach(submitted -> submitted.forgotten = true);
        stop();
    }

    void close() {
        submissions.close();
        submissions.failAll();
        stop();
    }

    private void stop() {
        view = NOBODY;
        inbox.clear();
        peer.restart();
        open();
    }

    void submit(boolean barrier, long end) {
        byte[] command = barrier
                ? new byte[0]
                : ByteBuffer.allocate(8).putLong(world.random.nextLong()).array();
        all.add(new Submitted(origin, seq++, command, submissions.add(command, end)));
    }

    void look() {
        view = peer.standing();
    }

    void lookAway() {
        view = NOBODY;
    }

    void step() {
        pump.step();
        if (world.random.nextInt(10) == 0) {
            pump.tick();
        }
    }

    void expire(long now) {
        submissions.expire(now, "its time was over");
    }

    @Override
    public Standing standing() {
        return view;
    }

    @Override
    public CompletionStage<Outcome> propose(byte[] entry) {
        Proposal proposal = new Proposal(entry, new CompletableFuture<>());
        inbox.add(proposal);
        return proposal.outcome;
    }

    /** Raft tells it anyway, at its own pace. */
    @Override
    public boolean tellCommitted() {
        return world.random.nextBoolean();
    }

    /** As the command log does it. */
    boolean accept(Batch batch) {
        return view.leading()
                && view.term() == batch.term()
                && proposals.accept(batch.term(), batch.origin(), batch.number(), batch.items());
    }

    boolean canApply() {
        return applied < peer.commit;
    }

    /** As the applier does it. */
    void applyNext(boolean answerLost) {
        Entry entry = peer.log.get(applied);
        if (entry.term() > appliedTerm) {
            appliedTerm = entry.term();
            submissions.termApplied(appliedTerm);
        }
        List<Item> items = LogSimulation.itemsOf(entry);
        for (int i = 0; i < items.size(); i++) {
            if (answerLost) {
                submissions.answerLost(items.get(i));
            } else {
                submissions.applied(items.get(i), LogSimulation.reply(applied, i));
            }
        }
        applied++;
    }

    /** As the applier does it. */
    boolean install(int index) {
        if (index <= applied) {
            return false;
        }
        applied = index;
        submissions.lostSight("an image was installed", null);
        submissions.termApplied(world.raft.committed.get(index - 1).term());
        return true;
    }

    /** An entry on its way into the Raft log. */
    record Proposal(byte[] entry, CompletableFuture<Outcome> outcome) {
        long term() {
            return ItemGroup.decode(ByteBuffer.wrap(entry)).term();
        }
    }

    /** What somebody on this node has submitted. */
    static final class Submitted {
        final long origin;
        final long seq;
        final byte[] command;
        final CompletableFuture<byte[]> reply;
        boolean forgotten;

        Submitted(long origin, long seq, byte[] command, CompletableFuture<byte[]> reply) {
            this.origin = origin;
            this.seq = seq;
            this.command = command;
            this.reply = reply;
        }
    }
}
