package io.esdb.subscriptions.persistent;

import io.esdb.subscriptions.persistent.ConsumerLane.Call;
import io.esdb.subscriptions.persistent.PollAnswer.Sent;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Calls a handler for the deliveries of one worker, on one thread, as long as there are any. It goes on by itself only while
 * all are done with: when an event fails, those that have to wait for it must not be begun, which the consumer sees to first.
 */
final class HandlerRun implements Runnable {
    private static final Predicate<Ready> HIDDEN = item -> item.event() == null;

    private final String subscription;
    private final BatchHandler handler;
    private final Source source;
    private @Nullable Thread thread;

    /** Where a run has its events from, and tells what came of them. Called on the run's thread. */
    interface Source {
        /** What is to be handled next; null if nothing is. */
        @Nullable
        Call next(HandlerRun run);

        /** Whether nobody is interested any more in what becomes of these. */
        boolean isVoid(Call call);

        /** These could not be read any more. */
        void hidden(Call call, List<Ready> items);

        /** What became of some events of a call. */
        void handled(Call call, List<Ready> items, Outcome outcome);

        /** The run has ended. */
        void ended(HandlerRun run);
    }

    HandlerRun(String subscription, BatchHandler handler, Source source) {
        this.subscription = subscription;
        this.handler = handler;
        this.source = source;
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
            boolean goesOn = true;
            while (goesOn) {
                Call call = source.next(this);
                goesOn = call != null && handle(call);
            }
        } finally {
            in(null);
            boolean unused = Thread.interrupted(); // meant for the handler, not for whoever uses the thread next
            source.ended(this);
        }
    }

    /** Returns whether the next events may be handled too. */
    private boolean handle(Call call) {
        List<Ready> items = call.items();
        if (items.stream().anyMatch(HIDDEN)) {
            source.hidden(call, items.stream().filter(HIDDEN).toList());
            items = items.stream().filter(HIDDEN.negate()).toList();
        }
        return items.isEmpty() || handle(call, items);
    }

    private boolean handle(Call call, List<Ready> items) {
        Outcome outcome = call(items);
        if (outcome.kind() == Outcome.Kind.ACK || items.size() == 1) {
            source.handled(call, items, outcome);
            return outcome.settles();
        }
        oneByOne(call, items);
        return false;
    }

    /** The batch failed; who of them is to blame shows now. What has to wait for one that failed is not begun. */
    private void oneByOne(Call call, List<Ready> items) {
        Predicate<Sent> barred = sent -> false;
        for (Ready item : items) {
            if (!source.isVoid(call) && !barred.test(item.sent())) {
                Outcome outcome = call(List.of(item));
                barred = barred.or(outcome.barred(item.sent()));
                source.handled(call, List.of(item), outcome);
            }
        }
    }

    private Outcome call(List<Ready> items) {
        try {
            Outcome outcome = handler.handle(deliveries(items));
            return bounded(Objects.requireNonNull(outcome, "a handler must not answer null"));
        } catch (Throwable e) { // whatever a handler throws is its own affair
            return Outcome.retry(Causes.reason(e));
        } finally {
            boolean unused = Thread.interrupted(); // meant for this call
        }
    }

    private List<Delivery> deliveries(List<Ready> items) {
        return items.size() == 1
                ? List.of(delivery(items.get(0)))
                : items.stream().map(this::delivery).toList();
    }

    private Delivery delivery(Ready item) {
        Sent sent = item.sent();
        return new Delivery(subscription, Objects.requireNonNull(item.event()), sent.attempt(), sent.replayed());
    }

    private static Outcome bounded(Outcome outcome) {
        int bytes = Outbox.sizeOf(outcome.append());
        return bytes <= Outcome.MOST_APPEND_BYTES
                ? outcome
                : Outcome.retry("an append of " + bytes + " bytes is too large to be handed over, "
                        + Outcome.MOST_APPEND_BYTES + " are allowed");
    }
}
