package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.spi.StoreAccess;
import io.esdb.subscriptions.Subscriptions;
import io.esdb.subscriptions.persistent.PollAnswer.Sent;
import io.esdb.subscriptions.persistent.PollAnswer.Standing;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a consumer speaks; the test is the leader. */
class ConsumerLinkTest extends PersistentFixture {
    private static final int EVENTS = 50;
    private static final Duration IMPATIENT = Duration.ofMillis(200);

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
    private final Set<Long> acknowledged = new HashSet<>();
    private final List<Long> positions = new CopyOnWriteArrayList<>();
    private ConsumerLink link = link(Duration.ofMinutes(10));

    private ConsumerLink link(Duration margin) {
        return new ConsumerLink(
                new Site(store, (StoreAccess) store, feeds, crew),
                this::leader,
                NAME,
                this::handle,
                ConsumerOptions.defaults().withBatch(1),
                () -> true,
                ended -> {},
                margin);
    }

    private Outcome handle(List<Delivery> deliveries) throws InterruptedException {
        mayAnswer.acquire();
        positions.add(deliveries.get(0).event().position());
        handled.release();
        return outcome;
    }

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
        acknowledged.addAll(Objects.requireNonNull(heard).acknowledged());
        return heard;
    }

    /** The consumer sits down and is given all events. */
    private void begin() throws InterruptedException {
        append("order-1", EVENTS);
        link.start();
        next().answer(deliveries(1, EVENTS));
    }

    /** A consumer that waits no longer than it must sits down and is given nothing. */
    private void beginImpatient() throws InterruptedException {
        append("order-1", EVENTS);
        link = link(IMPATIENT);
        mayAnswer.release(EVENTS);
        link.start();
        next().answer(List.of());
    }

    private static List<Sent> deliveries(long first, long last) {
        return positions(first, last).stream()
                .map(sequence -> new Sent(sequence, sequence - 1, 7, 0, 1, false))
                .toList();
    }

    /** Answers polls until so many deliveries were acknowledged. */
    private void answerUntilAcknowledged(int count) throws InterruptedException {
        while (acknowledged.size() < count) {
            next().answer(List.of());
        }
    }

    /** The first poll that says that an event was handled, which is not answered; one more event is handled then. */
    private Heard lostAcknowledgement() throws Exception {
        begin();
        next().answer(List.of());
        mayAnswer.release();
        Heard lost = next();
        while (lost.acknowledged().isEmpty()) {
            lost.answer(List.of());
            lost = next();
        }
        mayAnswer.release();
        return lost;
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
        Heard lost = lostAcknowledgement();
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

    @Test
    void aPollThatIsNotAnsweredKeepsNoneAwayOnceALaterOneWas() throws Exception {
        Heard unused = lostAcknowledgement();
        next().answer(List.of());

        Heard waiting = next();

        assertThat(waiting.acknowledged()).isEmpty();
        assertThat(waiting.poll().longestWait()).isPositive();
    }

    @Test
    void aPollThatIsNotAnsweredInTimeIsGivenUpAndSaidOnceAndAnotherOneGoesOut() throws Exception {
        try (LogOfPools log = new LogOfPools()) {
            beginImpatient();
            await().until(() -> link.status().connected());
            for (int unanswered = 0; unanswered < 3; unanswered++) {
                assertThat(next().poll().verdicts()).isEmpty();
            }
            assertThat(link.status().connected()).isFalse();
            assertThat(link.status().lastError()).contains("no answer");
            assertThat(link.unanswered()).isEqualTo(link.status().lastError());
            assertThat(log.lines("gets no answer")).hasSize(1);

            await().until(() -> {
                next().answer(List.of());
                return link.status().connected() && link.unanswered().isEmpty();
            });
            assertThat(log.lines("gets answers")).isNotEmpty();
        }
    }

    @Test
    void theLateAnswerOfAPollThatWasGivenUpLosesNothingAndDoublesNothing() throws Exception {
        beginImpatient();
        Heard late = next();
        Heard again = next();
        late.answer(deliveries(1, 10));
        again.answer(deliveries(1, 20));

        answerUntilAcknowledged(20);

        assertThat(positions).isEqualTo(positions(0, 19));
    }

    @Test
    void theLateAnswerOfAPollThatWasGivenUpIsPassedOverOnceALaterOneWasAnswered() throws Exception {
        beginImpatient();
        Heard late = next();
        Heard again = next();
        again.answer(deliveries(1, 20));
        late.answer(deliveries(1, 10));
        next().answer(deliveries(1, 30));

        answerUntilAcknowledged(30);

        assertThat(positions).isEqualTo(positions(0, 29));
    }

    @Test
    void theLateAnswerOfAPollAtAnEarlierSeatIsPassedOver() throws Exception {
        beginImpatient();
        Heard late = next();
        Heard again = next();
        again.answer()
                .complete(new PollAnswer(Standing.RUNNING, "", again.poll().number(), 2, Map.of(), deliveries(1, 5)));
        late.answer(deliveries(1, 10));
        while (acknowledged.isEmpty()) {
            Poll next = next().poll();
            assertThat(next.seat()).isEqualTo(2);
            assertThat(next.received()).isEqualTo(5);
        }
    }

    @Test
    void whatWasSaidInAPollThatWasGivenUpIsSaidAgainThoughAnotherOneWaits() throws Exception {
        beginImpatient();
        next().answer(deliveries(1, 1));
        Heard spoken = next();
        while (spoken.acknowledged().isEmpty()) {
            spoken = next();
        }
        assertThat(next().acknowledged()).containsExactly(1L);
    }
}
