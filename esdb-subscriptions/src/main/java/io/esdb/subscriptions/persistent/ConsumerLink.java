package io.esdb.subscriptions.persistent;

import io.esdb.EsdbException;
import io.esdb.StoreClosed;
import io.esdb.subscriptions.persistent.PollAnswer.Sent;
import io.esdb.subscriptions.persistent.PollAnswer.Standing;
import io.esdb.subscriptions.persistent.Verdict.Ruling;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Connects a handler to the leader: polls, reads at its own node the events that it was given, has them handled, and tells
 * the leader. What it is given stays with the leader until it is acknowledged, so answers may be lost, come twice, or out of
 * order.
 */
final class ConsumerLink implements ConnectedConsumer, Handling.Listener {
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

    /** How long what is new to say waits for the answer to what was said last; then that may be lost. */
    private static final long HEARING = TimeUnit.MILLISECONDS.toNanos(20);

    private final Site site;
    private final Function<Poll, CompletionStage<PollAnswer>> leader;
    private final String subscription;
    private final ConsumerOptions options;
    private final BooleanSupplier exists;
    private final Consumer<ConsumerLink> onEnd;
    private final String id = UUID.randomUUID().toString();
    private final String node;
    private final Serial serial;
    private final CompletableFuture<ConsumerEnd> ended = new CompletableFuture<>();
    private final Outbox outbox = new Outbox();
    private final Intake intake;
    private final Handling handling;
    private long seat;
    private long received;
    private long number;
    private long answered;
    private int outstanding;

    /** How many of the outstanding polls say something, so that they do not wait at the leader; and when the last one went. */
    private int speaking;

    private long spokeAt;
    private boolean listens;
    private boolean pollsNext;
    private long pause = FIRST_PAUSE;
    private boolean waits;
    private boolean returning;
    private boolean closing;
    private volatile boolean connected;
    private volatile String lastError = "";
    private volatile @Nullable ConsumerEnd end;

    /**
     * @param leader puts a poll to the leader; never throws
     * @param exists whether the subscription is still there; may block
     */
    ConsumerLink(
            Site site,
            Function<Poll, CompletionStage<PollAnswer>> leader,
            String subscription,
            BatchHandler handler,
            ConsumerOptions options,
            BooleanSupplier exists,
            Consumer<ConsumerLink> onEnd) {
        this.site = site;
        this.leader = leader;
        this.subscription = subscription;
        this.options = options;
        this.exists = exists;
        this.onEnd = onEnd;
        this.node = site.node();
        this.intake = new Intake(site.store());
        this.serial = new Serial(site.crew()::link, this::broken);
        this.handling = new Handling(subscription, handler, options.batch(), serial, site.crew()::handler, this);
    }

    void start() {
        serial.run(this::poll);
    }

    /** Nothing of this should ever fail; if it does, it goes on with what the leader has. */
    private void broken(Throwable failure) {
        troubled(failure);
        later(this::poll);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public ConsumerStatus status() {
        return new ConsumerStatus(
                connected && end == null, handling.waiting(), handling.handled(), handling.failures(), lastError, end);
    }

    @Override
    public CompletionStage<ConsumerEnd> ended() {
        return ended.minimalCompletionStage();
    }

    /** One poll waits at the leader; another one goes out when there is something to say meanwhile. */
    private void poll() {
        if (end != null || waits) {
            return;
        }
        if (outstanding == 0 || (outstanding == 1 && outbox.hasUnsent() && speaking == 0)) {
            ask(returning ? 0 : options.prefetch());
        } else if (outstanding == 1 && outbox.hasUnsent()) {
            sayLater();
        }
    }

    /** What the handler answers while the leader is being told goes with the next poll, all of it at once. */
    private void sayLater() {
        long wait = spokeAt + HEARING - System.nanoTime();
        if (wait <= 0) {
            ask(returning ? 0 : options.prefetch());
        } else if (!listens) {
            listens = true;
            Future<?> unused = site.crew()
                    .later(
                            () -> serial.run(() -> {
                                listens = false;
                                poll();
                            }),
                            wait);
        }
    }

    /** Polls once all that the handler has answered by now is heard. */
    private void pollNext() {
        if (!pollsNext) {
            pollsNext = true;
            serial.run(() -> {
                pollsNext = false;
                poll();
            });
        }
    }

    private void ask(int limit) {
        Poll poll = new Poll(subscription, id, node, ++number, seat, received, limit, outbox.forPoll(number));
        int speaks = poll.verdicts().isEmpty() ? 0 : 1;
        outstanding++;
        speaking += speaks;
        spokeAt = System.nanoTime();
        CompletionStage<?> unused = leader.apply(poll)
                .whenComplete((given, failure) -> serial.run(() -> {
                    outstanding--;
                    speaking -= speaks;
                    if (failure == null) {
                        heard(given);
                    } else {
                        unheard(Causes.of(failure));
                    }
                }));
    }

    private void unheard(Throwable failure) {
        if (failure instanceof StoreClosed || failure instanceof RejectedExecutionException) {
            end(ConsumerEnd.STORE_CLOSED);
            return;
        }
        troubled(failure);
        later(this::poll);
    }

    private void troubled(Throwable failure) {
        lastError = Check.reason(failure.toString());
        disconnected(lastError);
    }

    private void disconnected(String reason) {
        if (connected) {
            PoolLog.consumerWaits(site.store().name(), subscription, reason);
        }
        connected = false;
    }

    private void later(Runnable work) {
        if (waits || end != null) {
            return;
        }
        waits = true;
        Future<?> unused = site.crew()
                .later(
                        () -> serial.run(() -> {
                            waits = false;
                            work.run();
                        }),
                        pause);
        pause = Math.min(LONGEST_PAUSE, pause * 2);
    }

    private void heard(PollAnswer answer) {
        if (end != null || answer.number() <= answered) {
            poll();
            return;
        }
        answered = answer.number();
        if (answer.standing() != Standing.RUNNING) {
            notRunning(answer);
            return;
        }
        pause = FIRST_PAUSE;
        connected = true;
        if (answer.seat() != seat) {
            sit(answer.seat());
        }
        outbox.answered(answer.number());
        answer.recalls().forEach(this::recall);
        take(answer.deliveries());
        poll();
    }

    private void recall(int lane, Seat.Recall recall) {
        outbox.recalled(lane, recall.through());
        handling.recall(lane, recall);
    }

    private void notRunning(PollAnswer answer) {
        sit(0);
        if (answer.standing() == Standing.MISSING && !exists.getAsBoolean()) {
            end(ConsumerEnd.DELETED);
            return;
        }
        disconnected(answer.standing() + " " + answer.reason());
        later(this::poll);
    }

    /** What came from another seat is void. */
    private void sit(long newSeat) {
        seat = newSeat;
        received = 0;
        List<Sent> unused = intake.takeAll();
        outbox.clear();
        handling.clear();
    }

    private void take(List<Sent> deliveries) {
        Set<Long> barred = outbox.barred();
        for (Sent sent : deliveries) {
            if (sent.sequence() > received) {
                received = sent.sequence();
                if (!barred.contains(sent.key())) {
                    intake.add(sent);
                }
            }
        }
        read();
    }

    private void read() {
        if (end != null) {
            return;
        }
        try {
            handling.add(intake.readAll());
        } catch (StoreClosed e) {
            end(ConsumerEnd.STORE_CLOSED);
            return;
        } catch (EsdbException e) {
            notRead(e);
            return;
        }
        poll();
    }

    /** This node is behind or cannot read: after a while others get the events. */
    private void notRead(EsdbException failure) {
        lastError = Check.reason(failure.toString());
        returning = intake.givesUp();
        if (returning) {
            intake.takeAll()
                    .forEach(sent -> outbox.add(
                            sent.lane(), sent.key(), List.of(sent.sequence()), Ruling.RETURN, Outcome.ack()));
            poll();
        }
        Runnable next = returning ? this::takeAgain : this::read;
        Future<?> unused = site.crew().later(() -> serial.run(next), returning ? LONGEST_PAUSE : FIRST_PAUSE);
    }

    private void takeAgain() {
        returning = false;
        poll();
    }

    @Override
    public void answered(int lane, List<Ready> items, Outcome outcome) {
        long key = items.get(0).sent().key();
        if (outcome.bars()) {
            intake.drop(key);
        }
        List<Long> sequences =
                items.stream().map(item -> item.sent().sequence()).toList();
        outbox.add(lane, key, sequences, Ruling.valueOf(outcome.kind().name()), outcome);
    }

    @Override
    public void failed(String reason) {
        lastError = reason;
    }

    @Override
    public void moved() {
        pollNext();
        if (closing && handling.isIdle()) {
            leave();
        }
        completeIfOver();
    }

    @Override
    public void blocked() {
        end(ConsumerEnd.HANDLER_BLOCKED);
    }

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
                Future<?> unused = site.crew().later(() -> serial.run(this::leave), LONGEST_PAUSE);
            }
        });
    }

    /** Tells the leader, which need not hear it. */
    private void leave() {
        if (end == null) {
            ask(-1);
            end(ConsumerEnd.CLOSED);
        }
    }

    private void end(ConsumerEnd why) {
        if (end != null) {
            return;
        }
        end = why;
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
