package io.esdb.testkit.history;

import io.esdb.EventStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/**
 * Clients that append to, retry at and read from the nodes of a store, each on a thread of its own, until enough is
 * acknowledged or they are stopped. What they did is recorded, whatever happens to the nodes meanwhile. Each call waits
 * as long as the store that it goes to lets it wait. All methods may be called from any thread.
 */
public final class Workload implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Recorder recorder = new Recorder();
    private final Progress progress;
    private final ExecutorService threads;
    private final List<Future<?>> clients = new ArrayList<>();

    private Workload(WorkloadOptions options) {
        progress = new Progress(options.acknowledged());
        threads = Executors.newFixedThreadPool(options.clients());
    }

    /**
     * Starts all clients.
     *
     * @param options what they do
     * @param nodes the open store of each node, counted from 0, the same object for as long as it is open; empty, or
     *     an exception, while the node is down; called from the threads of all clients
     */
    public static Workload start(WorkloadOptions options, IntFunction<Optional<EventStore>> nodes) {
        Workload workload = new Workload(options);
        for (int number = 0; number < options.clients(); number++) {
            Client client = new Client(number, options, nodes, workload.recorder, workload.progress);
            workload.clients.add(workload.threads.submit(client));
        }
        workload.threads.shutdown();
        return workload;
    }

    /** How many appends have been acknowledged up to now, retries not counted. */
    public long acknowledged() {
        return progress.acknowledged();
    }

    /** Lets each client end its call and send no more. Does not wait for it. */
    public void stop() {
        progress.stop();
    }

    /**
     * Waits until all clients have ended, because enough is acknowledged or after {@link #stop}.
     *
     * @return everything they did
     * @throws AssertionError if that takes longer, or a client failed in a way that is not the store's
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public History await(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        for (Future<?> client : clients) {
            try {
                client.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                throw new AssertionError(acknowledged() + " appends were acknowledged within " + most, e);
            } catch (ExecutionException e) {
                throw new AssertionError("a client failed", e.getCause());
            }
        }
        return history();
    }

    /** Everything the clients did up to now. */
    public History history() {
        return recorder.history();
    }

    /** Stops the clients and waits for them, up to a minute; whoever still waits for a store then is interrupted. */
    @Override
    public void close() {
        stop();
        try {
            if (!threads.awaitTermination(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
