package io.esdb.testkit.history;

import io.esdb.EventStore;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** One client of a workload: sends one request after the other, each to any node. */
final class Client implements Runnable {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    private final int number;
    private final WorkloadOptions options;
    private final IntFunction<Optional<EventStore>> nodes;
    private final Recorder recorder;
    private final Progress progress;
    private final Random random;
    private final RequestMaker requests;

    Client(
            int number,
            WorkloadOptions options,
            IntFunction<Optional<EventStore>> nodes,
            Recorder recorder,
            Progress progress) {
        this.number = number;
        this.options = options;
        this.nodes = nodes;
        this.recorder = recorder;
        this.progress = progress;
        this.random = new Random(options.seed() * 1_000_003 + number);
        this.requests = new RequestMaker(number, options.contended(), random);
    }

    @Override
    public void run() {
        while (!progress.isOver()) {
            int node = random.nextInt(options.nodes());
            Optional<EventStore> store = open(node);
            if (store.isEmpty() || !send(node, store.get())) {
                // A store that refuses at once would else fill the history with refusals.
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private Optional<EventStore> open(int node) {
        try {
            return nodes.apply(node);
        } catch (RuntimeException down) {
            return Optional.empty();
        }
    }

    /** Whether the store took the request. */
    private boolean send(int node, EventStore store) {
        Request request = requests.next();
        Outcome outcome = recorder.call(number, node, store, request);
        requests.learn(request, outcome);
        if (outcome instanceof Outcome.Appended && request instanceof Request.Append append && !append.retry()) {
            progress.appended();
        }
        return !(outcome instanceof Outcome.NotDone);
    }
}
