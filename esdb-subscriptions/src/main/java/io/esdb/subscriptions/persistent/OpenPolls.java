package io.esdb.subscriptions.persistent;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The polls of one consumer that are under way, and whether another one may join them: one waits at the leader, one more says
 * something meanwhile. It has no clock, the time is handed in. One thread at a time.
 *
 * <p>A poll is over when it was answered, or a later one: the leader has heard that one, so it holds none from before. And it
 * is over when its answer does not come in time. An answer that comes later still is taken or passed over by its number.
 */
final class OpenPolls {
    private final long margin;
    private final NavigableMap<Long, Open> open = new TreeMap<>();
    private long lastSentAt;

    /** Whether a poll got lost that said something, and none has said it again. */
    private boolean unheard;

    /** @param margin how long an answer may be under way, beyond the time that the poll waits */
    OpenPolls(long margin) {
        this.margin = margin;
    }

    /**
     * A poll under way.
     *
     * @param mayWait how long it may wait at the leader; 0 if it does not, since it says something
     */
    record Open(long number, boolean speaks, long mayWait, long sentAt) {}

    void sent(Poll poll, long now) {
        boolean speaks = !poll.verdicts().isEmpty();
        open.put(poll.number(), new Open(poll.number(), speaks, poll.longestWait(), now));
        lastSentAt = now;
        unheard = false;
    }

    long lastSentAt() {
        return lastSentAt;
    }

    /** @param unsent whether there is something to say that no poll has said */
    boolean mayAsk(boolean unsent) {
        return open.isEmpty() || (open.size() == 1 && (unsent || unheard) && !isSpeaking());
    }

    /** Whether another poll may say what is new if the one that speaks seems to be lost. */
    boolean maySayMore(boolean unsent) {
        return open.size() == 1 && unsent;
    }

    private boolean isSpeaking() {
        return open.firstEntry().getValue().speaks;
    }

    /** This poll was answered; null if it was over before. */
    @Nullable
    Open answered(long number) {
        Open answered = open.get(number);
        open.headMap(number, true).clear();
        return answered;
    }

    /** This poll failed; null if it was over before. */
    @Nullable
    Open failed(long number) {
        Open failed = open.remove(number);
        unheard |= failed != null && failed.speaks;
        return failed;
    }

    /** Those whose answers are overdue; they are over now. */
    List<Open> giveUp(long now) {
        List<Open> overdue = new ArrayList<>(open.values());
        overdue.removeIf(one -> patience(one) - (now - one.sentAt) > 0);
        overdue.forEach(one -> failed(one.number));
        return overdue;
    }

    private long patience(Open one) {
        return one.mayWait + margin;
    }

    /** How long until the next answer is overdue; {@code Long.MAX_VALUE} if none is awaited. */
    long nextEnd(long now) {
        return open.values().stream()
                .mapToLong(one -> Math.max(0, patience(one) - (now - one.sentAt)))
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
