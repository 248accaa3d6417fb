package io.esdb.subscriptions.persistent;

import io.esdb.subscriptions.persistent.PollAnswer.Sent;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Calls a handler for some deliveries of one worker, on one thread. */
final class HandlerRun implements Runnable {
    private final String subscription;
    private final List<Ready> items;
    private final BatchHandler handler;
    private final BiConsumer<List<Ready>, Outcome> handled;
    private final Runnable ended;
    private volatile boolean isVoid;
    private @Nullable Thread thread;

    /**
     * @param items each with an event
     * @param handled is told what became of some of them
     * @param ended is told that this has ended
     */
    HandlerRun(
            String subscription,
            List<Ready> items,
            BatchHandler handler,
            BiConsumer<List<Ready>, Outcome> handled,
            Runnable ended) {
        this.subscription = subscription;
        this.items = items;
        this.handler = handler;
        this.handled = handled;
        this.ended = ended;
    }

    long firstSequence() {
        return items.get(0).sent().sequence();
    }

    /** What it says is of no interest any more. */
    void makeVoid() {
        isVoid = true;
    }

    boolean isVoid() {
        return isVoid;
    }

    /** Interrupts the handler's thread, if it is in there. */
    synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private synchronized void in(@Nullable Thread handling) {
        thread = handling;
    }

    @Override
    public void run() {
        in(Thread.currentThread());
        try {
            Outcome outcome = call(items);
            if (outcome.kind() == Outcome.Kind.ACK || items.size() == 1) {
                handled.accept(items, outcome);
            } else {
                oneByOne();
            }
        } finally {
            in(null);
            boolean unused = Thread.interrupted(); // meant for the handler, not for whoever uses the thread next
            ended.run();
        }
    }

    /** The batch failed; who of them is to blame shows now. Later events of a key that failed are not begun. */
    private void oneByOne() {
        Set<Long> failed = new HashSet<>();
        for (Ready item : items) {
            Sent sent = item.sent();
            if (!isVoid && !failed.contains(sent.key())) {
                Outcome outcome = call(List.of(item));
                if (outcome.bars()) {
                    failed.add(sent.key());
                }
                handled.accept(List.of(item), outcome);
            }
        }
    }

    private Outcome call(List<Ready> some) {
        try {
            Outcome outcome = handler.handle(some.stream()
                    .map(item -> new Delivery(
                            subscription,
                            Objects.requireNonNull(item.event()),
                            item.sent().attempt(),
                            item.sent().replayed()))
                    .toList());
            return bounded(Objects.requireNonNull(outcome, "a handler must not answer null"));
        } catch (Throwable e) { // whatever a handler throws is its own affair
            return Outcome.retry(e.toString());
        }
    }

    private static Outcome bounded(Outcome outcome) {
        int bytes = Outbox.sizeOf(outcome.append());
        return bytes <= Outcome.MOST_APPEND_BYTES
                ? outcome
                : Outcome.retry("an append of " + bytes + " bytes is too large to be handed over, "
                        + Outcome.MOST_APPEND_BYTES + " are allowed");
    }
}
