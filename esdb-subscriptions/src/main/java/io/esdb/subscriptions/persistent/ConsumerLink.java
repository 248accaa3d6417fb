package io.esdb.subscriptions.persistent;

import io.esdb.EsdbException;
import io.esdb.StoreClosed;
import io.esdb.subscriptions.persistent.PollAnswer.Sent;
import io.esdb.subscriptions.persistent.PollAnswer.Standing;
import io.esdb.subscriptions.persistent.Verdict.Ruling;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Connects a handler to the leader: polls, reads at its own node the events that it was given, and calls the handler. What it
 * is given stays with the leader until it is acknowledged, so answers may be lost, come twice, or out of order.
 */
final class ConsumerLink implements ConnectedConsumer {
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_BLOCKED = 64;

    private final Site site;
    private final String subscription;
    private final BatchHandler handler;
    private final ConsumerOptions options;
    private final BooleanSupplier exists;
    private final Consumer<ConsumerLink> onEnd;
    private final String id = UUID.randomUUID().toString();
    private final String node;
    private final Serial serial;
    private final CompletableFuture<ConsumerEnd> ended = new CompletableFuture<>();
    private final Outbox outbox = new Outbox();
    private final Map<Integer, ConsumerLane> lanes = new TreeMap<>();
    private final Set<HandlerRun> runs = new HashSet<>();
    private final Set<HandlerRun> blocked = new HashSet<>();
    private final Intake intake;
    private long seat;
    private long received;
    private long number;
    private long answered;
    private int outstanding;
    private long pause = FIRST_PAUSE;
    private boolean waits;
    private boolean returning;
    private boolean closing;
    private volatile boolean connected;
    private volatile int waiting;
    private volatile long handled;
    private volatile long failed;
    private volatile String lastError = "";
    private volatile @Nullable ConsumerEnd end;

    /** @param exists whether the subscription is still there; may block */
    ConsumerLink(
            Site site,
            String subscription,
            BatchHandler handler,
            ConsumerOptions options,
            BooleanSupplier exists,
            Consumer<ConsumerLink> onEnd) {
        this.site = site;
        this.subscription = subscription;
        this.handler = handler;
        this.options = options;
        this.exists = exists;
        this.onEnd = onEnd;
        this.node = site.node();
        this.intake = new Intake(site.store());
        this.serial = new Serial(site.crew()::consumer, this::broken);
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
        return new ConsumerStatus(connected && end == null, waiting, handled, failed, lastError, end);
    }

    @Override
    public CompletionStage<ConsumerEnd> ended() {
        return ended.minimalCompletionStage();
    }

    /** One poll waits at the leader; another one goes out when there is something to say meanwhile. */
    private void poll() {
        if (end == null && !waits && (outstanding == 0 || (outstanding == 1 && outbox.hasUnsent()))) {
            int limit = returning ? 0 : options.prefetch();
            ask(limit);
        }
    }

    private void ask(int limit) {
        Poll poll = new Poll(subscription, id, node, ++number, seat, received, limit, outbox.forPoll(number));
        outstanding++;
        CompletionStage<?> unused = site.ask(poll)
                .whenComplete((given, failure) -> serial.run(() -> {
                    outstanding--;
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
        answer.recalls().forEach((lane, recall) -> recalled(lane(lane), recall));
        take(answer.deliveries());
        poll();
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
        lanes.values().forEach(ConsumerLane::clear);
        countWaiting();
    }

    private ConsumerLane lane(int lane) {
        return lanes.computeIfAbsent(lane, ConsumerLane::new);
    }

    private void recalled(ConsumerLane lane, Seat.Recall recall) {
        HandlerRun late = lane.recall(recall);
        if (late != null) {
            blocked.add(late);
            late.interrupt();
            if (blocked.size() > MOST_BLOCKED) {
                end(ConsumerEnd.HANDLER_BLOCKED);
            }
        }
        begin(lane);
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
            intake.readAll().forEach(ready -> lane(ready.sent().lane()).add(ready));
        } catch (StoreClosed e) {
            end(ConsumerEnd.STORE_CLOSED);
            return;
        } catch (EsdbException e) {
            notRead(e);
            return;
        }
        List.copyOf(lanes.values()).forEach(this::begin);
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

    private void begin(ConsumerLane lane) {
        while (!closing && end == null) {
            List<Ready> next = lane.next(options.batch());
            if (next.isEmpty()) {
                break;
            }
            List<Ready> hidden =
                    next.stream().filter(item -> item.event() == null).toList();
            hidden.forEach(item -> say(lane, List.of(item), Outcome.ack()));
            List<Ready> shown =
                    next.stream().filter(item -> item.event() != null).toList();
            if (!shown.isEmpty()) {
                run(lane, shown);
            }
        }
        countWaiting();
    }

    private void run(ConsumerLane lane, List<Ready> items) {
        HandlerRun[] itself = new HandlerRun[1];
        HandlerRun run = new HandlerRun(
                subscription,
                items,
                handler,
                (some, outcome) -> serial.run(() -> handled(lane, itself[0], some, outcome)),
                () -> serial.run(() -> ended(lane, itself[0])));
        itself[0] = run;
        lane.begun(run);
        runs.add(run);
        site.crew().consumer(run);
    }

    private void handled(ConsumerLane lane, HandlerRun run, List<Ready> items, Outcome outcome) {
        long count = handled + items.size();
        handled = count;
        if (outcome.kind() != Outcome.Kind.ACK) {
            long more = failed + 1;
            failed = more;
            lastError = outcome.reason();
        }
        if (!run.isVoid()) {
            say(lane, items, outcome);
            poll();
        }
    }

    private void say(ConsumerLane lane, List<Ready> items, Outcome outcome) {
        Ruling ruling = Ruling.valueOf(outcome.kind().name());
        long key = items.get(0).sent().key();
        if (ruling == Ruling.RETRY || ruling == Ruling.PARK) {
            lane.drop(key);
            intake.drop(key);
        }
        List<Long> sequences =
                items.stream().map(item -> item.sent().sequence()).toList();
        outbox.add(lane.number, key, sequences, ruling, outcome);
    }

    private void ended(ConsumerLane lane, HandlerRun run) {
        lane.ended(run);
        runs.remove(run);
        blocked.remove(run);
        begin(lane);
        poll();
        if (closing && runs.size() == blocked.size()) {
            leave();
        }
        completeIfOver();
    }

    private void countWaiting() {
        waiting = lanes.values().stream().mapToInt(ConsumerLane::waiting).sum();
    }

    @Override
    public void close() {
        serial.run(() -> {
            if (end != null || closing) {
                return;
            }
            closing = true;
            if (runs.size() == blocked.size()) {
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
        lanes.values().forEach(ConsumerLane::clear);
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
        if (why != null && (runs.isEmpty() || why == ConsumerEnd.HANDLER_BLOCKED)) {
            ended.complete(why);
        }
    }
}
