package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long polls wait; the time is the test's. */
class ReceptionTest {
    private static final PersistentOptions OPTIONS = PersistentOptions.defaults()
            .withConsumerTimeout(Duration.ofSeconds(8))
            .withMessageTimeout(Duration.ofMillis(100));

    private final Dispatcher dispatcher = new Dispatcher(OPTIONS, Place.after(-1), Resume.NOTHING, 1);
    private final Reception reception = new Reception(dispatcher);
    private final PollAnswer first = first();
    private long now;
    private long number = 1;

    private PollAnswer first() {
        CompletableFuture<PollAnswer> answer = new CompletableFuture<>();
        reception.hear(new Poll("s", "c", "n", 1, 0, 0, 10, List.of()), answer, 0);
        reception.answer(0);
        return answer.join();
    }

    private CompletableFuture<PollAnswer> poll() {
        CompletableFuture<PollAnswer> answer = new CompletableFuture<>();
        reception.hear(new Poll("s", "c", "n", ++number, first.seat(), 0, 10, List.of()), answer, now);
        reception.answer(now);
        return answer;
    }

    /** How long a poll for which there is nothing waits. */
    private long waited() {
        CompletableFuture<PollAnswer> answer = poll();
        long wait = reception.nextEnd(now);
        reception.answer(now + wait - 1);
        assertThat(answer).isNotDone();
        now += wait;
        reception.answer(now);
        assertThat(answer).isDone();
        return TimeUnit.NANOSECONDS.toMillis(wait);
    }

    @Test
    void theLongerNothingComesTheLongerPollsWaitUpToAQuarterOfTheConsumersTimeout() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waits.add(waited());
        }
        assertThat(waits).containsExactly(500L, 1_000L, 2_000L, 2_000L);
    }

    @Test
    void pollsOfAConsumerThatDidNotWaitForItsAnswerWaitNoLongerThanItDid() {
        assertThat(waited()).isEqualTo(500);
        CompletableFuture<PollAnswer> forgotten = poll();
        assertThat(waited()).isEqualTo(500);
        assertThat(waited()).isEqualTo(500);
        assertThat(forgotten).isDone();
    }

    @Test
    void anEventEndsTheWait() {
        CompletableFuture<PollAnswer> answer = poll();
        dispatcher.ledger().read(0, 7, 0);
        dispatcher.dispatch(now);
        reception.answer(now);
        assertThat(answer.join().deliveries()).hasSize(1);
    }

    @Test
    void aConsumerHearsAtOnceThatSomethingWasTakenBack() {
        dispatcher.ledger().read(0, 7, 0);
        dispatcher.dispatch(now);
        CompletableFuture<PollAnswer> answer = new CompletableFuture<>();
        reception.hear(new Poll("s", "c", "n", ++number, first.seat(), 1, 10, List.of()), answer, now);
        reception.answer(now);
        assertThat(answer).as("the event was received, and takes its time").isNotDone();
        now += TimeUnit.MILLISECONDS.toNanos(100);
        dispatcher.tick(now);
        reception.answer(now);
        assertThat(answer.join().recalls()).hasSize(1);
    }
}
