package io.esdb.raft;

import java.util.concurrent.CompletableFuture;

/** A command that somebody on this node waits for. */
final class Submission {
    final long seq;
    final byte[] command;
    final long end;
    final CompletableFuture<byte[]> reply = new CompletableFuture<>();

    /** @param end when its time is over, as of {@link System#nanoTime} */
    Submission(long seq, byte[] command, long end) {
        this.seq = seq;
        this.command = command;
        this.end = end;
    }
}
