package io.esdb.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * One writer thread commits all that waits at once, and a second thread tells the callers meanwhile. So one sync serves
 * many, which is the best that can be made of most peers.
 */
final class GroupAppender implements Appender {
    private static final int MOST = 1_024;
    /** So few callers are told by the writer itself. */
    private static final int TOLD_BY_WRITER = 2;

    private final Peer peer;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final ExecutorService teller = Executors.newSingleThreadExecutor();
    private final Thread writer = new Thread(this::run, "group-writer");

    GroupAppender(Peer peer) {
        this.peer = peer;
        writer.start();
    }

    @Override
    public void append(SampleAppend append) {
        Waiting waiting = new Waiting(append, new CompletableFuture<>());
        queue.add(waiting);
        waiting.done().join();
    }

    @Override
    public long events() throws Exception {
        return peer.events();
    }

    @Override
    public long lastRevision(long stream) throws Exception {
        return peer.lastRevision(stream);
    }

    /** Nobody may be appending any more. */
    @Override
    public void close() throws IOException {
        writer.interrupt();
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        teller.shutdown();
        peer.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                List<Waiting> batch = new ArrayList<>();
                batch.add(queue.take());
                queue.drainTo(batch, MOST - 1);
                tell(batch, failureOf(batch));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Exception failureOf(List<Waiting> batch) {
        try {
            peer.commit(batch.stream().map(Waiting::append).toList());
            return null;
        } catch (Exception failure) { // whatever it is, the callers get it
            return failure;
        }
    }

    private void tell(List<Waiting> batch, @Nullable Exception failure) {
        Runnable telling = () -> batch.forEach(waiting -> waiting.end(failure));
        if (batch.size() <= TOLD_BY_WRITER) {
            telling.run();
        } else {
            teller.execute(telling);
        }
    }

    private record Waiting(SampleAppend append, CompletableFuture<@Nullable Void> done) {
        void end(@Nullable Exception failure) {
            if (failure == null) {
                done.complete(null);
            } else {
                done.completeExceptionally(failure);
            }
        }
    }
}
