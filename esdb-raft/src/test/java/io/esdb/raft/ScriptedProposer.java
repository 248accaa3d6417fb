package io.esdb.raft;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps what is proposed; the test says what becomes of it. */
final class ScriptedProposer implements Proposer {
    final List<byte[]> entries = new ArrayList<>();
    final List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    int told;
    boolean allKnow = true;
    private Standing standing = new Standing(false, null, 0);

    void leads(long term) {
        standing = new Standing(true, "n1", term);
    }

    void follows(String leader, long term) {
        standing = new Standing(false, leader, term);
    }

    @Override
    public Standing standing() {
        return standing;
    }

    @Override
    public CompletionStage<Outcome> propose(byte[] entry) {
        entries.add(entry);
        outcomes.add(new CompletableFuture<>());
        return outcomes.get(outcomes.size() - 1);
    }

    @Override
    public boolean tellCommitted() {
        told++;
        return allKnow;
    }

    ItemGroup group(int entry) {
        return ItemGroup.decode(ByteBuffer.wrap(entries.get(entry)));
    }

    List<String> texts(int entry) {
        return Items.texts(group(entry).items());
    }
}
