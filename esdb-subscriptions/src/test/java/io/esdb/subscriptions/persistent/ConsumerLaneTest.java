package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.subscriptions.persistent.ConsumerLane.Call;
import io.esdb.subscriptions.persistent.PollAnswer.Sent;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which run may take which events of a worker. */
class ConsumerLaneTest {
    private final ConsumerLane lane = new ConsumerLane(3);
    private final HandlerRun first = run();
    private final HandlerRun second = run();

    private static HandlerRun run() {
        return new HandlerRun("s", some -> Outcome.ack(), new HandlingTest.NoSource());
    }

    static Ready ready(long sequence, long key) {
        return new Ready(new Sent(sequence, sequence * 10, key, 3, 1, false), null);
    }

    @BeforeEach
    void fill() {
        for (long sequence = 1; sequence <= 5; sequence++) {
            lane.add(ready(sequence, sequence % 2));
        }
    }

    private Call take(HandlerRun run) {
        return Objects.requireNonNull(lane.next(run, 1));
    }

    private static List<Long> sequences(Call call) {
        return call.items().stream().map(item -> item.sent().sequence()).toList();
    }

    @Test
    void oneRunAtATimeTakesEventsInOrderUntilThereAreNone() {
        assertThat(lane.begin(first)).isTrue();
        assertThat(lane.begin(second)).isFalse();
        assertThat(lane.next(second, 1)).isNull();
        assertThat(sequences(take(first))).containsExactly(1L);
        assertThat(sequences(Objects.requireNonNull(lane.next(first, 3)))).containsExactly(2L, 3L, 4L);
        assertThat(sequences(take(first))).containsExactly(5L);
        assertThat(lane.next(first, 1)).isNull();
        assertThat(lane.begin(second)).as("there is nothing to do").isFalse();
        lane.add(ready(6, 0));
        assertThat(lane.next(first, 1)).as("it has ended").isNull();
        assertThat(lane.begin(second)).isTrue();
    }

    @Test
    void aRunKeepsTheLaneUntilItIsHeardThatItEnded() {
        lane.begin(first);
        Call unused = take(first);
        assertThat(lane.begin(second)).isFalse();
        lane.drop(sent -> sent.key() == 0);
        lane.ended(first);
        assertThat(lane.begin(second)).isTrue();
        assertThat(sequences(take(second))).containsExactly(3L);
    }

    @Test
    void whatTakesTooLongIsInTheWayAndIsTakenOut() {
        lane.begin(first);
        Call call = take(first);
        assertThat(lane.recall(new Seat.Recall(3, true))).isSameAs(first);
        assertThat(lane.isVoid(call)).isTrue();
        assertThat(lane.next(first, 1)).isNull();
        assertThat(lane.recall(new Seat.Recall(3, true)))
                .as("the same, once more")
                .isNull();
        assertThat(lane.begin(second)).isTrue();
        assertThat(sequences(take(second))).containsExactly(4L);
    }

    @Test
    void whatWasTakenBackForAnotherReasonIsNotInTheWay() {
        lane.begin(first);
        Call call = take(first);
        assertThat(lane.recall(new Seat.Recall(3, false))).isNull();
        assertThat(lane.isVoid(call)).isTrue();
        assertThat(sequences(take(first))).containsExactly(4L);
    }

    @Test
    void aRecallOfEarlierEventsDoesNotConcernTheCallAtHand() {
        lane.begin(first);
        Call unused = Objects.requireNonNull(lane.next(first, 3));
        Call call = take(first);
        assertThat(lane.recall(new Seat.Recall(3, true))).isNull();
        assertThat(lane.isVoid(call)).isFalse();
    }

    @Test
    void aCallOfAnEarlierSeatIsVoidAndInTheWayOfWhatTakesTooLongAtTheNextOne() {
        lane.begin(first);
        Call call = Objects.requireNonNull(lane.next(first, 5));
        lane.clear();
        assertThat(lane.isVoid(call)).isTrue();
        lane.add(ready(1, 0));
        assertThat(lane.begin(second)).as("later events wait for it").isFalse();
        lane.add(ready(2, 0));
        assertThat(lane.recall(new Seat.Recall(1, true))).isSameAs(first);
        assertThat(lane.begin(second)).isTrue();
        assertThat(sequences(take(second))).containsExactly(2L);
    }
}
