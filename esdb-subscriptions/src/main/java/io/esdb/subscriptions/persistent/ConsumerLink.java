package io.esdb.subscriptions.persistent;

import io.esdb.subscriptions.persistent.PollAnswer.Standing;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Connects a handler to the leader, from its first poll to its end: has a {@link Conversation} with the leader, takes what it
 * is given into its {@link Holdings}, and has it handled.
 */
final class ConsumerLink implements ConnectedConsumer, Handling.Listener, Conversation.Party, Holdings.Owner {
    /** How long calls under way may take when it is closed, for what they say to be heard. */
    private static final long LAST_WORDS = TimeUnit.SECONDS.toNanos(1);

    private final Site site;
    private final String subscription;
    private final ConsumerOptions options;
    private final BooleanSupplier exists;
    private final Consumer<ConsumerLink> onEnd;
    private final String id = UUID.randomUUID().toString();
    private final String node;
    private final Serial serial;
    private final CompletableFuture<ConsumerEnd> ended = new CompletableFuture<>();
    private final Connection connection;
    private final Handling handling;
    private final Holdings holdings;
    private final Conversation conversation;
    private boolean closing;
    private volatile @Nullable ConsumerEnd end;

    /**
     * @param leader puts a poll to the leader; never throws
     * @param exists whether the subscription is still there; may block
     * @param margin how long an answer may be under way, beyond the time for which the poll waits
     */
    ConsumerLink(
            Site site,
            Function<Poll, CompletionStage<PollAnswer>> leader,
            String subscription,
            BatchHandler handler,
            ConsumerOptions options,
            BooleanSupplier exists,
            Consumer<ConsumerLink> onEnd,
            Duration margin) {
        this.site = site;
        this.subscription = subscription;
        this.options = options;
        this.exists = exists;
        this.onEnd = onEnd;
        this.node = site.node();
        this.serial = new Serial(site.crew()::link, this::broken);
        this.connection = new Connection(site.store().name(), subscription);
        this.handling = new Handling(subscription, handler, options.batch(), serial, site.crew()::handler, this);
        this.holdings = new Holdings(site, handling, serial, this);
        this.conversation = new Conversation(leader, this, connection, serial, site.crew(), margin);
    }

    void start() {
        serial.run(this::poll);
    }

    /** Nothing of this should ever fail; if it does, it goes on with what the leader has. */
    private void broken(Throwable failure) {
        connection.troubled(failure.toString());
        conversation.pollLater();
    }

    @Override
    public String id() {
        return id;
    }

    String subscription() {
        return subscription;
    }

    /** Why polls get no answers; empty if they do. */
    String unanswered() {
        return connection.isUnanswered() && end == null ? connection.lastError() : "";
    }

    @Override
    public ConsumerStatus status() {
        return new ConsumerStatus(
                connection.isConnected() && end == null,
                handling.waiting(),
                handling.handled(),
                handling.failures(),
                connection.lastError(),
                end);
    }

    @Override
    public CompletionStage<ConsumerEnd> ended() {
        return ended.minimalCompletionStage();
    }

    // The conversation.

    @Override
    public Poll poll(long number, long wait, boolean leaving) {
        int limit = holdings.isReturning() ? 0 : options.prefetch();
        return new Poll(
                subscription,
                id,
                node,
                number,
                holdings.seat(),
                holdings.received(),
                leaving ? -1 : limit,
                holdings.say(number),
                wait);
    }

    @Override
    public boolean hasUnsent() {
        return holdings.hasUnsent();
    }

    @Override
    public boolean heard(PollAnswer answer) {
        if (answer.standing() != Standing.RUNNING) {
            notRunning(answer);
            return false;
        }
        connection.connected();
        if (answer.seat() != holdings.seat()) {
            if (!exists.getAsBoolean()) { // another one of the same name
                conversation.leave();
                end(ConsumerEnd.DELETED);
                return false;
            }
            sit(answer.seat());
        }
        holdings.take(answer);
        return true;
    }

    private void notRunning(PollAnswer answer) {
        sit(0);
        if (answer.standing() == Standing.MISSING && !exists.getAsBoolean()) {
            end(ConsumerEnd.DELETED);
        } else {
            connection.noPool((answer.standing() + " " + answer.reason()).strip());
        }
    }

    private void sit(long seat) {
        holdings.sit(seat);
        conversation.atAnotherPool();
    }

    @Override
    public void storeClosed() {
        end(ConsumerEnd.STORE_CLOSED);
    }

    // What it holds.

    @Override
    public void poll() {
        conversation.poll();
    }

    @Override
    public void notRead(String reason) {
        connection.failed(reason);
    }

    @Override
    public boolean hasEnded() {
        return end != null;
    }

    // The handler.

    @Override
    public void answered(int lane, List<Ready> items, Outcome outcome) {
        holdings.answered(items, outcome);
    }

    @Override
    public void failed(String reason) {
        connection.failed(reason);
    }

    @Override
    public void moved() {
        conversation.pollNext();
        if (closing && handling.isIdle()) {
            leave();
        }
        completeIfOver();
    }

    @Override
    public void blocked() {
        end(ConsumerEnd.HANDLER_BLOCKED);
    }

    // Its end.

    @Override
    public void close() {
        serial.run(() -> {
            if (end != null || closing) {
                return;
            }
            closing = true;
            handling.stop();
            if (handling.isIdle()) {
                leave();
            } else {
                Future<?> unused = site.crew().later(() -> serial.run(this::leave), LAST_WORDS);
            }
        });
    }

    /** Tells the leader, which need not hear it. */
    private void leave() {
        if (end == null) {
            conversation.leave();
            end(ConsumerEnd.CLOSED);
        }
    }

    private void end(ConsumerEnd why) {
        if (end != null) {
            return;
        }
        end = why;
        conversation.end();
        handling.stop();
        handling.clear();
        PoolLog.consumerEnded(site.store().name(), subscription, why);
        onEnd.accept(this);
        completeIfOver();
    }

    /** There are no threads any more on which it could end by itself. */
    void abandon() {
        ConsumerEnd why = end;
        if (why == null) {
            why = ConsumerEnd.CLOSED;
            end = why;
            PoolLog.consumerEnded(site.store().name(), subscription, why);
        }
        ended.complete(why);
    }

    private void completeIfOver() {
        ConsumerEnd why = end;
        if (why != null && (handling.isOver() || why == ConsumerEnd.HANDLER_BLOCKED)) {
            ended.complete(why);
        }
    }
}
