package io.esdb.subscriptions;

import io.esdb.RecordedEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what a listener is told, and whether calls ever overlapped. */
class Recorder implements SubscriptionListener {
    final List<Long> positions = new CopyOnWriteArrayList<>();
    final List<String> told = new CopyOnWriteArrayList<>();
    final List<SubscriptionEnd> ends = new CopyOnWriteArrayList<>();
    final AtomicInteger overlaps = new AtomicInteger();
    private final AtomicBoolean inside = new AtomicBoolean();

    void handle(RecordedEvent event) throws Exception {}

    @Override
    public void event(RecordedEvent event) throws Exception {
        if (!inside.compareAndSet(false, true)) {
            overlaps.incrementAndGet();
        }
        try {
            handle(event);
            positions.add(event.position());
            told.add("event");
        } finally {
            inside.set(false);
        }
    }

    @Override
    public void caughtUp() {
        told.add("caughtUp");
    }

    @Override
    public void fellBehind() {
        told.add("fellBehind");
    }

    @Override
    public void retrying(RuntimeException failure, Duration pause) {
        told.add("retrying");
    }

    @Override
    public void failed(SubscriptionEnd end) {
        told.add("failed");
        ends.add(end);
    }
}
