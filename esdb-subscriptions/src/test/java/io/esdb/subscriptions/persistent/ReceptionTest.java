package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long polls wait; the time is the test's. */
class ReceptionTest {
    private static final PersistentOptions OPTIONS = PersistentOptions.defaults()
            .withConsumerTimeout(Duration.ofSeconds(8))
            .withMessageTimeout(Duration.ofMillis(100));

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Dispatcher dispatcher = new Dispatcher(OPTIONS, Place.after(-1), Resume.NOTHING, 1);
    private final Reception reception = new Reception(dispatcher, OPTIONS.consumerTimeout());
    private final PollAnswer first = first();
    private long now;
    private long number = 1;

    private PollAnswer first() {
        CompletableFuture<PollAnswer> answer = new CompletableFuture<>();
        reception.hear(new Poll("s", "c", "n", 1, 0, 0, 10, List.of(), SECOND), answer, 0);
        reception.answer(0);
        return answer.join();
    }

    private CompletableFuture<PollAnswer> poll(long received, long wait) {
        CompletableFuture<PollAnswer> answer = new CompletableFuture<>();
        reception.hear(new Poll("s", "c", "n", ++number, first.seat(), received, 10, List.of(), wait), answer, now);
        reception.answer(now);
        return answer;
    }

    /** How long a poll for which there is nothing waits. */
    private long waited(long wait) {
        CompletableFuture<PollAnswer> answer = poll(0, wait);
        long waits = reception.nextEnd(now);
        reception.answer(now + waits - 1);
        assertThat(answer).isNotDone();
        now += waits;
        reception.answer(now);
        assertThat(answer).isDone();
        return waits;
    }

    @Test
    void aPollWaitsAsLongAsItMayUpToAQuarterOfTheConsumersTimeout() {
        assertThat(waited(SECOND)).isEqualTo(SECOND);
        assertThat(waited(2 * SECOND)).isEqualTo(2 * SECOND);
        assertThat(waited(9 * SECOND)).isEqualTo(2 * SECOND);
    }

    @Test
    void aPollIsAnsweredAtOnceIfTheConsumerHasAnotherOne() {
        CompletableFuture<PollAnswer> forgotten = poll(0, SECOND);
        assertThat(forgotten).isNotDone();
        assertThat(poll(0, SECOND)).isNotDone();
        assertThat(forgotten).isDone();
    }

    @Test
    void anEventEndsTheWait() {
        CompletableFuture<PollAnswer> answer = poll(0, SECOND);
        dispatcher.ledger().read(0, 7, 0);
        dispatcher.dispatch(now);
        reception.answer(now);
        assertThat(answer.join().deliveries()).hasSize(1);
    }

    @Test
    void aConsumerHearsAtOnceThatSomethingWasTakenBack() {
        dispatcher.ledger().read(0, 7, 0);
        dispatcher.dispatch(now);
        CompletableFuture<PollAnswer> answer = poll(1, SECOND);
        assertThat(answer).as("the event was received, and takes its time").isNotDone();
        now += TimeUnit.MILLISECONDS.toNanos(100);
        dispatcher.tick(now);
        reception.answer(now);
        assertThat(answer.join().recalls()).hasSize(1);
    }
}
