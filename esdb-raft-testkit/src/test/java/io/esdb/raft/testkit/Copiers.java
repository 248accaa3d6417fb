package io.esdb.raft.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.Query;
import io.esdb.QueryItem;
import io.esdb.RecordedEvent;
import io.esdb.subscriptions.persistent.ConnectedConsumer;
import io.esdb.subscriptions.persistent.Delivery;
import io.esdb.subscriptions.persistent.Outcome;
import io.esdb.subscriptions.persistent.PersistentOptions;
import io.esdb.subscriptions.persistent.PersistentSubscriptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Consumers that hand over a copy of each event. Some events fail at first, and every fifth until it is replayed, and then once
 * more; half of the failures are appends that are refused. So it is known how often each event has to be tried, and all tries
 * are noted.
 */
final class Copiers {
    static final String NAME = "copier";

    private static final int RETRIES = 2;

    static final PersistentOptions OPTIONS = PersistentOptions.defaults()
            .withMaxInFlight(20)
            .withConsumerTimeout(Duration.ofSeconds(3))
            .withRetries(RETRIES, Duration.ofMillis(1), Duration.ofMillis(5))
            .withCheckpoint(Duration.ofMillis(20), 10);

    /** By position. */
    private final Map<Long, List<Integer>> attempts = new TreeMap<>();

    private final Map<Long, List<Integer>> replayedAttempts = new TreeMap<>();

    void connect(PersistentSubscriptions subscriptions, int count) {
        for (int i = 0; i < count; i++) {
            ConnectedConsumer unused = subscriptions.connect(NAME, this::handle);
        }
    }

    /** Whether an event fails whenever it is tried before it was parked. */
    static boolean isSick(long position) {
        return position % 5 == 3;
    }

    private static int attemptsNeeded(long position, boolean replayed) {
        if (isSick(position)) {
            return replayed ? 2 : RETRIES + 2;
        }
        return position % 7 == 1 ? 2 : 1;
    }

    private Outcome handle(Delivery delivery) {
        RecordedEvent event = delivery.event();
        note(event.position(), delivery);
        boolean fails = delivery.attempt() < attemptsNeeded(event.position(), delivery.replayed());
        if (fails && event.position() % 2 == 0) {
            throw new IllegalStateException("on purpose");
        }
        byte[] position =
                ByteBuffer.allocate(Long.BYTES).putLong(event.position()).array();
        return Outcome.ackAppending(AppendRequest.to(
                "copy-" + event.stream(),
                fails ? ExpectedRevision.exactly(1_000_000) : ExpectedRevision.any(),
                EventData.bytes("copied", position)));
    }

    private synchronized void note(long position, Delivery delivery) {
        (delivery.replayed() ? replayedAttempts : attempts)
                .computeIfAbsent(position, absent -> new ArrayList<>())
                .add(delivery.attempt());
    }

    /** The positions of the events that were copied, in the order of the copies. */
    static List<Long> copies(EventStore store) {
        Query copies = new Query(List.of(QueryItem.category("copy")));
        return Pages.stream(store, LogRead.forward().matching(copies))
                .map(copy -> ByteBuffer.wrap(copy.data()).getLong())
                .toList();
    }

    /** Nothing was left out, nothing done twice, and every try has the number that it must have. */
    synchronized void check(EventStore store, Collection<Long> positions) {
        assertThat(copies(store)).containsExactlyInAnyOrderElementsOf(positions);
        assertThat(attempts.keySet()).containsExactlyInAnyOrderElementsOf(positions);
        attempts.forEach((position, tries) ->
                checkCounted(position, tries, Math.min(RETRIES + 1, attemptsNeeded(position, false))));
        assertThat(replayedAttempts.keySet()).allMatch(Copiers::isSick);
        replayedAttempts.forEach((position, tries) -> checkCounted(position, tries, 2));
    }

    /** A number may come again, when somebody died before it was stored that it had failed, but none is left out. */
    private static void checkCounted(long position, List<Integer> tries, int needed) {
        int last = 0;
        for (int attempt : tries) {
            assertThat(attempt - last)
                    .as("%s was tried as %s", position, tries)
                    .isIn(last == 0 ? List.of(1) : List.of(0, 1));
            last = attempt;
        }
        assertThat(last).as("last try of %s", position).isEqualTo(needed);
    }
}
