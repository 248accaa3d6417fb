package io.esdb.subscriptions.persistent;

import io.esdb.subscriptions.persistent.HealthReport.Kind;
import io.esdb.subscriptions.persistent.HealthReport.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** The consumers that are connected on this node. Safe to use from any thread. */
final class Consumers {
    private final Site site;
    private final Function<Poll, CompletionStage<PollAnswer>> leader;
    private final BiPredicate<String, UUID> exists;
    private final Set<ConsumerLink> links = ConcurrentHashMap.newKeySet();

    /**
     * @param leader puts a poll to the leader; never throws
     * @param exists whether there is a subscription of a name and an id; may block
     */
    Consumers(Site site, Function<Poll, CompletionStage<PollAnswer>> leader, BiPredicate<String, UUID> exists) {
        this.site = site;
        this.leader = leader;
        this.exists = exists;
    }

    ConnectedConsumer connect(String name, UUID subscription, BatchHandler handler, ConsumerOptions options) {
        ConsumerLink link = new ConsumerLink(
                site,
                leader,
                name,
                handler,
                options,
                () -> exists.test(name, subscription),
                links::remove,
                Conversation.MARGIN);
        links.add(link);
        link.start();
        return link;
    }

    /** Those that get no answers. */
    List<Problem> unanswered() {
        return links.stream()
                .filter(link -> !link.unanswered().isEmpty())
                .map(link -> new Problem(
                        link.subscription(), Kind.UNANSWERED, "consumer " + link.id() + ": " + link.unanswered()))
                .toList();
    }

    /** Lets all take no more events. Returns those that there were. */
    List<ConsumerLink> close() {
        List<ConsumerLink> connected = List.copyOf(links);
        connected.forEach(ConsumerLink::close);
        return connected;
    }

    /** Waits until all have ended, for so long at most. */
    void await(Duration patience) {
        CompletableFuture<?>[] ends =
                links.stream().map(link -> link.ended().toCompletableFuture()).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // they are interrupted soon
        }
    }
}
