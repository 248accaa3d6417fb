package io.esdb.subscriptions.persistent;

import io.esdb.EventStore;
import io.esdb.RecordedEvent;
import io.esdb.subscriptions.persistent.PollAnswer.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The deliveries of which a consumer's node has not read the events. One thread at a time. */
final class Intake {
    private static final Duration PATIENCE = Duration.ofMillis(250);

    /** With the waits that makes about two seconds: then others are to have the events, before their time is up. */
    private static final int MOST_FAILURES = 6;

    private final EventStore store;
    private List<Sent> unread = new ArrayList<>();
    private int failures;

    Intake(EventStore store) {
        this.store = store;
    }

    void add(Sent sent) {
        unread.add(sent);
    }

    void drop(Predicate<Sent> barred) {
        unread.removeIf(barred);
    }

    /** All of them; none is left. */
    List<Sent> takeAll() {
        List<Sent> all = unread;
        unread = new ArrayList<>();
        failures = 0;
        return all;
    }

    /** All of them with their events; they are left if that fails. */
    List<Ready> readAll() {
        if (unread.isEmpty()) {
            return List.of();
        }
        store.awaitPosition(unread.stream().mapToLong(Sent::position).max().orElse(0), PATIENCE);
        Map<Long, RecordedEvent> events =
                EventReads.read(store, unread.stream().map(Sent::position).toList());
        return takeAll().stream()
                .map(sent -> new Ready(sent, events.get(sent.position())))
                .toList();
    }

    /** Counts a failure; true if there were too many in a row. */
    boolean givesUp() {
        failures++;
        return failures > MOST_FAILURES;
    }
}
