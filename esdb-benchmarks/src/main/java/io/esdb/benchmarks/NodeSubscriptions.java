package io.esdb.benchmarks;

import io.esdb.EventStore;
import io.esdb.subscriptions.persistent.PersistentSubscriptions;
import java.io.Closeable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a node is asked about subscriptions. */
final class NodeSubscriptions implements Closeable {
    private final EventStore store;
    private @Nullable PersistentSubscriptions persistent;
    private @Nullable GapWatch watch;

    NodeSubscriptions(EventStore store) {
        this.store = store;
    }

    String answer(String[] words) throws Exception {
        return switch (words[0]) {
            case "serve" -> serve();
            case "consume" -> consume();
            case "gaps" -> gaps();
            case "live" ->
                String.valueOf(live(words[1], Duration.ofMillis(Long.parseLong(words[2])), Integer.parseInt(words[3])));
            default -> throw new IllegalArgumentException("what is " + words[0] + "?");
        };
    }

    private String serve() {
        if (persistent == null) {
            persistent = PersistentSubscriptions.on(store);
        }
        return "serves";
    }

    private String consume() throws InterruptedException {
        if (persistent == null) {
            throw new IllegalStateException("it does not serve");
        }
        watch = GapWatch.start(store, persistent);
        return "consumes";
    }

    private String gaps() throws InterruptedException {
        if (watch == null) {
            throw new IllegalStateException("it does not consume");
        }
        return watch.end();
    }

    private double live(String how, Duration duration, int percentile) throws Exception {
        try (Listening listening = how.equals("queue") ? new HandOver() : new LiveSubscription(store)) {
            return new LiveRun(store, listening, duration).micros(percentile);
        }
    }

    @Override
    public void close() {
        if (persistent != null) {
            persistent.close();
        }
    }
}
