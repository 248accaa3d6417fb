package io.esdb.raft.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.RecordedEvent;
import io.esdb.subscriptions.persistent.ConnectedConsumer;
import io.esdb.subscriptions.persistent.ConsumerOptions;
import io.esdb.subscriptions.persistent.Delivery;
import io.esdb.subscriptions.persistent.Outcome;
import io.esdb.subscriptions.persistent.ParkedEvent;
import io.esdb.subscriptions.persistent.PersistentOptions;
import io.esdb.subscriptions.persistent.PersistentSubscriptions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Consumers of one subscription that acknowledge, refuse, throw, hang and slow down as a seed says, and one event that always
 * fails. They note all that they are given, and know what must hold of it.
 */
final class Sufferers {
    static final String NAME = "torture";
    static final int RETRIES = 5;

    /** Each holds up its stream for the message timeout. */
    private static final int MOST_HUNG = 2;

    /** Each event but the poison fails at most three times, so only the poison is ever parked. */
    static final PersistentOptions OPTIONS = PersistentOptions.defaults()
            .withWorkers(4)
            .withMaxInFlight(40)
            .withMessageTimeout(Duration.ofSeconds(6))
            .withConsumerTimeout(Duration.ofSeconds(3))
            .withRetries(RETRIES, Duration.ofMillis(5), Duration.ofMillis(40))
            .withCheckpoint(Duration.ofMillis(50), 20);

    private final Random random;
    private final long poison;
    private final Map<String, Long> lastFirst = new HashMap<>();
    private final Tries tries = new Tries(OPTIONS.messageTimeout(), OPTIONS.consumerTimeout());
    private final Map<Long, Integer> failures = new HashMap<>();
    private final Set<Long> hung = new HashSet<>();
    private final Set<Long> acknowledged = new TreeSet<>();
    private final List<String> violations = new ArrayList<>();
    private volatile boolean cured;

    Sufferers(long seed, long poison) {
        this.random = new Random(seed);
        this.poison = poison;
    }

    ConnectedConsumer connect(PersistentSubscriptions subscriptions) {
        return subscriptions.connect(
                NAME, this::handle, ConsumerOptions.defaults().withPrefetch(1 + roll(15)));
    }

    private synchronized int roll(int bound) {
        return random.nextInt(bound);
    }

    private Outcome handle(Delivery delivery) throws Exception {
        long position = delivery.event().position();
        note(delivery);
        if (position == poison && !cured) {
            tries.failed(position, delivery.attempt());
            throw new IllegalStateException("poison");
        }
        int fate = roll(100);
        if (fate < 8 && mayFail(position)) {
            tries.failed(position, delivery.attempt());
            if (fate < 4) {
                throw new IllegalStateException("on purpose");
            }
            return Outcome.retry("on purpose");
        }
        if (fate == 8 && hangs(position)) {
            tries.failed(position, delivery.attempt());
            new CountDownLatch(1).await();
        }
        if (fate > 90) {
            boolean unused = new CountDownLatch(1).await(fate - 90, TimeUnit.MILLISECONDS);
        }
        synchronized (this) {
            acknowledged.add(position);
        }
        return Outcome.ack();
    }

    private synchronized void note(Delivery delivery) {
        long position = delivery.event().position();
        if (!tries.knows(position)) {
            Long before = lastFirst.put(delivery.event().stream(), position);
            if (before != null && before > position) {
                violations.add(position + " came first after " + before + " of the same stream");
            }
        }
        if (!delivery.replayed()) {
            tries.begun(position, delivery.attempt(), age(delivery.event()));
        } else if (delivery.attempt() != 1) {
            violations.add(position + " was replayed as attempt " + delivery.attempt());
        }
    }

    private static Duration age(RecordedEvent event) {
        return Duration.between(Instant.EPOCH.plus(event.createdMicros(), ChronoUnit.MICROS), Instant.now());
    }

    private synchronized boolean mayFail(long position) {
        return failures.merge(position, 1, Integer::sum) <= 2;
    }

    private synchronized boolean hangs(long position) {
        return hung.size() < MOST_HUNG && hung.add(position);
    }

    /** From now on the poison is an event as all others. */
    void cure() {
        cured = true;
    }

    synchronized boolean isAcknowledged(long position) {
        return acknowledged.contains(position);
    }

    /** All up to a checkpoint must be done with. */
    synchronized void checkCheckpoint(long checkpoint) {
        for (long position = 0; position <= checkpoint; position++) {
            if (position != poison && !acknowledged.contains(position)) {
                violations.add("the checkpoint " + checkpoint + " passed " + position);
            }
        }
    }

    /** What must hold once all was delivered. */
    synchronized void check(long last, List<ParkedEvent> parked) {
        assertThat(violations).isEmpty();
        assertThat(parked).extracting(ParkedEvent::position).containsExactly(poison);
        assertThat(parked.get(0).attempts()).isEqualTo(RETRIES + 1);
        for (long position = 0; position <= last; position++) {
            assertThat(tries.knows(position))
                    .as("event %s was delivered", position)
                    .isTrue();
        }
        assertThat(tries.violations()).isEmpty();
    }

    /** Whoever runs the subscription is about to go. */
    void unrestBegins() {
        tries.unrestBegins();
    }

    /** Another one is there, or the same again. */
    void unrestEnds() {
        tries.unrestEnds();
    }
}
