package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.RecordedEvent;
import io.esdb.subscriptions.persistent.ConsumerLane.Call;
import io.esdb.subscriptions.persistent.PollAnswer.Sent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a handler is called for, and what is heard of it; the test is the threads. */
class HandlingTest {
    private final Queue<Runnable> link = new ArrayDeque<>();
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<Long> called = new ArrayList<>();
    private final Map<Long, Outcome> outcomes = new HashMap<>();
    private final List<String> answered = new ArrayList<>();
    private Runnable duringCall = () -> {};
    private final Handling handling =
            new Handling("s", this::handle, 1, new Serial(link::add, e -> {}), threads::add, heard());

    static final class NoSource implements HandlerRun.Source {
        @Override
        public @Nullable Call next(HandlerRun run) {
            return null;
        }

        @Override
        public boolean isVoid(Call call) {
            return false;
        }

        @Override
        public void hidden(Call call, List<Ready> items) {}

        @Override
        public void handled(Call call, List<Ready> items, Outcome outcome) {}

        @Override
        public void ended(HandlerRun run) {}
    }

    private Outcome handle(List<Delivery> deliveries) {
        long position = deliveries.get(0).event().position();
        called.add(position);
        duringCall.run();
        return outcomes.getOrDefault(position, Outcome.ack());
    }

    private Handling.Listener heard() {
        return new Handling.Listener() {
            @Override
            public void answered(int lane, List<Ready> items, Outcome outcome) {
                answered.add(outcome.kind() + " " + items.get(0).sent().position());
            }

            @Override
            public void failed(String reason) {}

            @Override
            public void moved() {}

            @Override
            public void blocked() {}
        };
    }

    private static Ready ready(long sequence, long key, boolean hidden) {
        byte[] none = "".getBytes(StandardCharsets.UTF_8);
        RecordedEvent event =
                new RecordedEvent(sequence, "s", sequence, new UUID(0, sequence), "T", "", none, "", none, Set.of(), 0);
        return new Ready(new Sent(sequence, sequence, key, 0, 1, false), hidden ? null : event);
    }

    private void add(long... sequences) {
        for (long sequence : sequences) {
            handling.add(List.of(ready(sequence, sequence % 2, false)));
        }
    }

    private static void run(Queue<Runnable> work) {
        for (Runnable next = work.poll(); next != null; next = work.poll()) {
            next.run();
        }
    }

    private void runAll() {
        while (!link.isEmpty() || !threads.isEmpty()) {
            run(threads);
            run(link);
        }
    }

    @Test
    void aRunGoesOnWithTheNextEventsWithoutWaitingForTheConsumer() {
        add(1, 2, 3);
        duringCall = () -> {
            if (called.size() == 3) {
                add(4, 5);
            }
        };
        threads.remove().run();
        assertThat(called).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(threads).isEmpty();
        run(link);
        assertThat(answered).containsExactly("ACK 1", "ACK 2", "ACK 3", "ACK 4", "ACK 5");
        assertThat(handling.isOver()).isTrue();
        assertThat(handling.handled()).isEqualTo(5);
    }

    @Test
    void eventsOfAKeyThatFailedAreNotBegunAlsoIfTheyComeBeforeThatIsHeard() {
        outcomes.put(1L, Outcome.retry("no"));
        add(1, 2, 3);
        threads.remove().run();
        add(5, 6); // the consumer has not heard of the failure yet
        assertThat(threads).as("nobody else begins").isEmpty();
        assertThat(called).containsExactly(1L);
        runAll();
        assertThat(called).containsExactly(1L, 2L, 6L);
        assertThat(answered).containsExactly("RETRY 1", "ACK 2", "ACK 6");
    }

    @Test
    void afterAnEventThatStopsTheSubscriptionNoneOfItsWorkerIsBegun() {
        outcomes.put(2L, Outcome.stop("no"));
        add(1, 2, 3, 4);
        threads.remove().run();
        add(5); // the consumer has not heard of the stop yet
        runAll();
        assertThat(called).containsExactly(1L, 2L);
        assertThat(answered).containsExactly("ACK 1", "STOP 2");
    }

    @Test
    void eventsThatCannotBeReadAnyMoreAreDoneWithoutACall() {
        handling.add(List.of(ready(1, 0, false), ready(2, 0, true), ready(3, 0, false)));
        runAll();
        assertThat(called).containsExactly(1L, 3L);
        assertThat(answered).containsExactly("ACK 1", "ACK 2", "ACK 3");
        assertThat(handling.handled()).isEqualTo(2);
    }

    @Test
    void nothingIsHeardOfWhatWasHandledForAnEarlierSeat() {
        add(1, 2);
        threads.remove().run();
        handling.clear();
        run(link);
        assertThat(called).containsExactly(1L, 2L);
        assertThat(answered).isEmpty();
    }

    @Test
    void aHandlerThatWasStoppedIsNotCalledForWhatWaits() {
        add(1, 2, 3);
        duringCall = handling::stop;
        runAll();
        assertThat(called).containsExactly(1L);
        assertThat(answered).containsExactly("ACK 1");
        assertThat(handling.isOver()).isTrue();
    }

    @Test
    void anInterruptIsMeantForOneCall() {
        List<Boolean> interrupted = new ArrayList<>();
        duringCall = () -> {
            interrupted.add(Thread.currentThread().isInterrupted());
            Thread.currentThread().interrupt();
        };
        add(1, 2);
        threads.remove().run();
        assertThat(interrupted).containsExactly(false, false);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
