package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.subscriptions.persistent.Arrivals.Arrival;
import io.esdb.subscriptions.persistent.PollAnswer.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Polls of which a pool has not heard. */
class ArrivalsTest {
    private final Arrivals arrivals = new Arrivals();
    private final List<String> told = new ArrayList<>();

    private CompletableFuture<PollAnswer> add(String consumer, long number) {
        return arrivals.add(new Poll("s", consumer, "n", number, 1, 0, 10, List.of(), 0), told::add)
                .toCompletableFuture();
    }

    @Test
    void thePollsOfAConsumerAreHeardAsOneTheLastOfThem() {
        CompletableFuture<PollAnswer> first = add("a", 1);
        CompletableFuture<PollAnswer> third = add("a", 3);
        CompletableFuture<PollAnswer> second = add("a", 2);
        assertThat(add("b", 1)).isNotDone();
        assertThat(told).containsExactly("a", "b");

        Arrival arrival = arrivals.take("a");
        assertThat(arrival.poll().number()).isEqualTo(3);
        PollAnswer answer = PollAnswer.without(Standing.RUNNING, "", 3);
        arrival.answer().complete(answer);

        assertThat(List.of(first.join(), second.join(), third.join())).containsOnly(answer);
        assertThat(add("a", 4)).isNotDone();
        assertThat(told).as("those before were taken").containsExactly("a", "b", "a");
    }
}
