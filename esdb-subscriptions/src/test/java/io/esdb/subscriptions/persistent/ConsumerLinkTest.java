package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.spi.StoreAccess;
import io.esdb.subscriptions.Subscriptions;
import io.esdb.subscriptions.persistent.PollAnswer.Sent;
import io.esdb.subscriptions.persistent.PollAnswer.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a consumer speaks; the test is the leader. */
class ConsumerLinkTest extends PersistentFixture {
    private static final int EVENTS = 50;

    private record Heard(Poll poll, CompletableFuture<PollAnswer> answer) {
        void answer(List<Sent> deliveries) {
            answer(Map.of(), deliveries);
        }

        void answer(Map<Integer, Seat.Recall> recalls, List<Sent> deliveries) {
            answer.complete(new PollAnswer(Standing.RUNNING, "", poll.number(), 1, recalls, deliveries));
        }

        List<Long> acknowledged() {
            return poll.verdicts().stream()
                    .flatMap(verdict -> verdict.sequences().stream())
                    .toList();
        }
    }

    private final BlockingQueue<Heard> polls = new LinkedBlockingQueue<>();
    private final Semaphore handled = new Semaphore(0);
    private final Semaphore mayAnswer = new Semaphore(0);
    private volatile Outcome outcome = Outcome.ack();
    private final Crew crew = new Crew("test");
    private final Subscriptions feeds = Subscriptions.on(store);
    private final ConsumerLink link = new ConsumerLink(
            new Site(store, (StoreAccess) store, feeds, crew),
            this::leader,
            NAME,
            some -> {
                mayAnswer.acquire();
                handled.release();
                return outcome;
            },
            ConsumerOptions.defaults().withBatch(1),
            () -> true,
            ended -> {});

    private CompletionStage<PollAnswer> leader(Poll poll) {
        Heard heard = new Heard(poll, new CompletableFuture<>());
        polls.add(heard);
        return heard.answer;
    }

    @AfterEach
    void end() {
        mayAnswer.release(EVENTS);
        link.close();
        crew.close(Duration.ofSeconds(10));
        feeds.close();
    }

    private Heard next() throws InterruptedException {
        Heard heard = polls.poll(30, TimeUnit.SECONDS);
        assertThat(heard).isNotNull();
        return Objects.requireNonNull(heard);
    }

    /** The consumer sits down and is given all events. */
    private void begin() throws InterruptedException {
        append("order-1", EVENTS);
        link.start();
        next().answer(positions(1, EVENTS).stream()
                .map(sequence -> new Sent(sequence, sequence - 1, 7, 0, 1, false))
                .toList());
    }

    @Test
    void whatIsAnsweredWhileTheLeaderIsBeingToldIsSaidAllAtOnceAfterwards() throws Exception {
        begin();
        Heard waiting = next();
        mayAnswer.release();
        Heard first = next();
        assertThat(first.acknowledged()).containsExactly(1L);
        waiting.answer(List.of());
        mayAnswer.release(EVENTS - 1);
        assertThat(handled.tryAcquire(EVENTS, 30, TimeUnit.SECONDS)).isTrue();
        await().until(() -> link.status().handled() == EVENTS);
        first.answer(List.of());

        int said = 1;
        int speeches = 1;
        while (said < EVENTS) {
            Heard more = next();
            said = Math.max(
                    said,
                    more.acknowledged().stream().mapToInt(Long::intValue).max().orElse(0));
            speeches++;
            more.answer(List.of());
        }
        assertThat(speeches).isLessThan(EVENTS / 2);
    }

    @Test
    void ifTheLeaderDoesNotAnswerItIsToldAgainWithWhatIsNew() throws Exception {
        begin();
        next().answer(List.of());
        mayAnswer.release();
        Heard lost = next();
        while (lost.acknowledged().isEmpty()) {
            lost.answer(List.of());
            lost = next();
        }
        mayAnswer.release();
        Heard again = next();
        assertThat(again.acknowledged()).containsExactly(1L, 2L);
        again.answer(List.of());
        lost.answer(List.of());
        assertThat(next().acknowledged()).as("all was heard").isEmpty();
    }

    /** The leader may have taken it back for another reason; what it then hears of it, it passes over. */
    @Test
    void anEventThatFailedIsHandledAgainIfTheLeaderTookItBackBeforeItHeardOfThat() throws Exception {
        append("order-1", 1);
        outcome = Outcome.retry("no");
        link.start();
        next().answer(List.of(new Sent(1, 0, 7, 0, 1, false)));
        Heard waiting = next();
        mayAnswer.release();
        Heard unanswered = next();
        assertThat(unanswered.acknowledged()).containsExactly(1L);

        waiting.answer(Map.of(0, new Seat.Recall(1, false)), List.of(new Sent(2, 0, 7, 0, 1, false)));
        mayAnswer.release();

        assertThat(handled.tryAcquire(2, 30, TimeUnit.SECONDS)).isTrue();
    }
}
