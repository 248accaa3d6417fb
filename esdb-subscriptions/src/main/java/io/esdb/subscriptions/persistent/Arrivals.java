package io.esdb.subscriptions.persistent;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Polls that a pool has not heard yet, one of each consumer: a later one says all that an earlier one did and takes its place,
 * so a pool that is slow is not asked more and more. Safe to use from any thread.
 */
final class Arrivals {
    private final Map<String, Arrival> byConsumer = new ConcurrentHashMap<>();

    /**
     * A poll, and the answer to it and to those whose place it took.
     *
     * @param alone whether it is the only one so far
     */
    record Arrival(Poll poll, CompletableFuture<PollAnswer> answer, boolean alone) {
        Arrival followedBy(Arrival later) {
            return new Arrival(later.poll.number() > poll.number() ? later.poll : poll, answer, false);
        }
    }

    /**
     * Takes a poll in.
     *
     * @param first gets the consumer's name if there is no other poll of it, and has to see to it that it is heard
     * @return the answer, maybe that of a later poll
     */
    CompletionStage<PollAnswer> add(Poll poll, Consumer<String> first) {
        Arrival arrival = new Arrival(poll, new CompletableFuture<>(), true);
        Arrival joined = byConsumer.merge(poll.consumer(), arrival, Arrival::followedBy);
        if (joined.alone) {
            first.accept(poll.consumer());
        }
        return joined.answer;
    }

    /** The last poll of a consumer for which somebody was to see to it that it is heard. */
    Arrival take(String consumer) {
        return Objects.requireNonNull(byConsumer.remove(consumer));
    }
}
