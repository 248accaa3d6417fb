package io.esdb.subscriptions.persistent;

import io.esdb.StoreClosed;
import io.esdb.subscriptions.persistent.OpenPolls.Open;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * When a consumer speaks to the leader, and what it does if it gets no answer: a poll waits at the leader, another one goes out
 * when there is something to say. Each has a time in which it must be answered; then it is given up, and another one goes.
 * One thread at a time, the consumer's.
 */
final class Conversation {
    /** How long an answer may be under way. */
    static final Duration MARGIN = Duration.ofSeconds(2);

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

    /** How long what is new to say waits for the answer to what was said last; then that may be lost. */
    private static final long HEARING = TimeUnit.MILLISECONDS.toNanos(20);

    private final Function<Poll, CompletionStage<PollAnswer>> leader;
    private final Party party;
    private final Connection connection;
    private final Serial serial;
    private final Crew crew;
    private final OpenPolls open;

    /** For polls that are not answered in time. */
    private final Alarm alarm;

    private final Hold hold = new Hold();
    private long number;
    private long heard;
    private long pause = FIRST_PAUSE;
    private boolean waits;
    private boolean listens;
    private boolean pollsNext;
    private boolean over;

    /** The consumer. */
    interface Party {
        /**
         * What it says now.
         *
         * @param leaving whether these are its last words
         */
        Poll poll(long number, long wait, boolean leaving);

        /** Whether there is something to say that no poll has said. */
        boolean hasUnsent();

        /**
         * An answer, and none to a later poll came before.
         *
         * @return whether the pool runs
         */
        boolean heard(PollAnswer answer);

        /** There is nobody to talk to any more. */
        void storeClosed();
    }

    /**
     * @param leader puts a poll to the leader; never throws
     * @param margin how long an answer may be under way
     */
    Conversation(
            Function<Poll, CompletionStage<PollAnswer>> leader,
            Party party,
            Connection connection,
            Serial serial,
            Crew crew,
            Duration margin) {
        this.leader = leader;
        this.party = party;
        this.connection = connection;
        this.serial = serial;
        this.crew = crew;
        this.open = new OpenPolls(margin.toNanos());
        this.alarm = new Alarm(this::later, this::giveUp);
    }

    /** Polls, if it is time for it. */
    void poll() {
        if (over || waits) {
            return;
        }
        boolean unsent = party.hasUnsent();
        if (open.mayAsk(unsent)) {
            ask(false);
        } else if (open.maySayMore(unsent)) {
            sayLater();
        }
    }

    /** Polls once all that the handler has answered by now is heard. */
    void pollNext() {
        if (!pollsNext) {
            pollsNext = true;
            serial.run(() -> {
                pollsNext = false;
                poll();
            });
        }
    }

    /** Polls after a while, which is longer each time until the leader answers. */
    void pollLater() {
        if (waits || over) {
            return;
        }
        waits = true;
        Future<?> unused = later(
                () -> {
                    waits = false;
                    poll();
                },
                pause);
        pause = Math.min(LONGEST_PAUSE, pause * 2);
    }

    /** What the handler answers while the leader is being told goes with the next poll, all of it at once. */
    private void sayLater() {
        long wait = open.lastSentAt() + HEARING - System.nanoTime();
        if (wait <= 0) {
            ask(false);
        } else if (!listens) {
            listens = true;
            Future<?> unused = later(
                    () -> {
                        listens = false;
                        poll();
                    },
                    wait);
        }
    }

    /** At another pool, what was learnt of the last one does not count. */
    void atAnotherPool() {
        hold.begin();
    }

    /** Tells the leader that this is the end, which it need not hear. */
    void leave() {
        ask(true);
        end();
    }

    /** Says nothing and hears nothing more. */
    void end() {
        over = true;
        alarm.cancel();
    }

    private void ask(boolean leaving) {
        Poll poll = party.poll(++number, hold.nanos(), leaving);
        open.sent(poll, System.nanoTime());
        watch();
        CompletionStage<?> unused = leader.apply(poll)
                .whenComplete((answer, failure) -> serial.run(() -> {
                    if (failure == null) {
                        answered(answer);
                    } else {
                        failed(poll.number(), Causes.of(failure));
                    }
                }));
    }

    private void answered(PollAnswer answer) {
        Open of = open.answered(answer.number());
        if (over) {
            return;
        }
        if (of != null) {
            hold.answered(of.mayWait(), System.nanoTime() - of.sentAt());
        }
        if (answer.number() <= heard) {
            poll();
            return;
        }
        heard = answer.number();
        connection.answered();
        if (party.heard(answer)) {
            pause = FIRST_PAUSE;
            poll();
        } else {
            pollLater();
        }
    }

    private void failed(long failed, Throwable failure) {
        Open of = open.failed(failed);
        if (over) {
            return;
        }
        if (failure instanceof StoreClosed || failure instanceof RejectedExecutionException) {
            party.storeClosed();
        } else if (of != null) {
            hold.failed(of.mayWait(), System.nanoTime() - of.sentAt());
            connection.unanswered(failure.toString());
            pollLater();
        }
    }

    /** Sees to it that polls without an answer in time are given up. */
    private void watch() {
        long now = System.nanoTime();
        long left = open.nextEnd(now);
        if (!over && left < Long.MAX_VALUE) {
            alarm.within(left, now);
        }
    }

    private void giveUp() {
        List<Open> lost = open.giveUp(System.nanoTime());
        if (!over && !lost.isEmpty()) {
            long millis = TimeUnit.NANOSECONDS.toMillis(
                    System.nanoTime() - lost.get(0).sentAt());
            connection.unanswered("a poll got no answer within " + millis + " ms");
            pollLater();
        }
        watch();
    }

    private Future<?> later(Runnable work, long nanos) {
        return crew.later(() -> serial.run(work), nanos);
    }
}
