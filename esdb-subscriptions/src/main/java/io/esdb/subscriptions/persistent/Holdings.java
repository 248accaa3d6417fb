package io.esdb.subscriptions.persistent;

import io.esdb.EsdbException;
import io.esdb.StoreClosed;
import io.esdb.subscriptions.persistent.PollAnswer.Sent;
import io.esdb.subscriptions.persistent.Verdict.Ruling;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What a consumer has been given at its seat, and what it has to say of it. Reads the events at its own node before they are
 * handled. What it is given stays with the leader until it is acknowledged, so answers may be lost, come twice, or out of
 * order. One thread at a time, the consumer's.
 */
final class Holdings {
    private static final long SOON = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long A_WHILE = TimeUnit.SECONDS.toNanos(1);

    private final Handling handling;
    private final Owner owner;
    private final Serial serial;
    private final Crew crew;
    private final Outbox outbox = new Outbox();
    private final Intake intake;
    private long seat;
    private long received;
    private boolean returning;

    /** The consumer. */
    interface Owner {
        /** There may be something to say. */
        void poll();

        /** Events could not be read at this node, which is tried again. */
        void notRead(String reason);

        void storeClosed();

        /** Whether it takes no more events. */
        boolean hasEnded();
    }

    Holdings(Site site, Handling handling, Serial serial, Owner owner) {
        this.handling = handling;
        this.owner = owner;
        this.serial = serial;
        this.crew = site.crew();
        this.intake = new Intake(site.store());
    }

    long seat() {
        return seat;
    }

    /** The last delivery that it has. */
    long received() {
        return received;
    }

    /** Whether it wants no events for a while, since they cannot be read here. */
    boolean isReturning() {
        return returning;
    }

    boolean hasUnsent() {
        return outbox.hasUnsent();
    }

    /** What a poll of this number carries. */
    List<Verdict> say(long number) {
        return outbox.forPoll(number);
    }

    /** Has another place, or none if it is 0. What came from another seat is void. */
    void sit(long newSeat) {
        seat = newSeat;
        received = 0;
        List<Sent> unused = intake.takeAll();
        outbox.clear();
        handling.clear();
    }

    /** Takes in what the leader said at this seat. */
    void take(PollAnswer answer) {
        outbox.answered(answer.number());
        answer.recalls().forEach(this::recall);
        Predicate<Sent> barred = outbox.barred();
        for (Sent sent : answer.deliveries()) {
            if (sent.sequence() > received) {
                received = sent.sequence();
                if (!barred.test(sent)) {
                    intake.add(sent);
                }
            }
        }
        read();
    }

    private void recall(int lane, Seat.Recall recall) {
        outbox.recalled(lane, recall.through());
        handling.recall(lane, recall);
    }

    private void read() {
        if (owner.hasEnded()) {
            return;
        }
        try {
            handling.add(intake.readAll());
        } catch (StoreClosed e) {
            owner.storeClosed();
            return;
        } catch (EsdbException e) {
            notRead(e);
            return;
        }
        owner.poll();
    }

    /** This node is behind or cannot read: after a while others get the events. */
    private void notRead(EsdbException failure) {
        owner.notRead(failure.toString());
        returning = intake.givesUp();
        if (returning) {
            intake.takeAll().forEach(sent -> outbox.add(sent, List.of(sent.sequence()), Ruling.RETURN, Outcome.ack()));
            owner.poll();
        }
        Runnable next = returning ? this::takeAgain : this::read;
        Future<?> unused = crew.later(() -> serial.run(next), returning ? A_WHILE : SOON);
    }

    private void takeAgain() {
        returning = false;
        owner.poll();
    }

    /** What the leader is to be told of events of one worker. */
    void answered(List<Ready> items, Outcome outcome) {
        Sent first = items.get(0).sent();
        intake.drop(outcome.barred(first));
        List<Long> sequences =
                items.stream().map(item -> item.sent().sequence()).toList();
        outbox.add(first, sequences, Ruling.valueOf(outcome.kind().name()), outcome);
    }
}
