package io.esdb.subscriptions.persistent;

import io.esdb.AppendRequest;
import io.esdb.InvalidInput;
import io.esdb.subscriptions.persistent.PollAnswer.Sent;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What became of an event in its handler. A handler that throws has the outcome {@link #retry}, with what it threw as the
 * reason.
 *
 * @param kind what is to be done
 * @param reason why, in words; empty for an acknowledgement, cut to {@value #MOST_REASON} characters
 * @param append what is appended in the same step as the acknowledgement; null if nothing is
 */
public record Outcome(Kind kind, String reason, @Nullable AppendRequest append) {
    /** The most characters of a reason. */
    public static final int MOST_REASON = 500;

    /** The most bytes of an append that is handed over with an acknowledgement, with its names. */
    public static final int MOST_APPEND_BYTES = 768 * 1024;

    private static final Outcome ACK = new Outcome(Kind.ACK, "", null);

    /** What is to be done with an event. */
    public enum Kind {
        /** It is done. */
        ACK,
        /** It is tried again after a pause; when its retries are used up it is parked. */
        RETRY,
        /** It is set aside, for an operator to look at and replay. */
        PARK,
        /** It is passed over for good. */
        SKIP,
        /** The whole subscription stops, until it is resumed; the event is not done. */
        STOP
    }

    /** @throws InvalidInput if something is appended without an acknowledgement */
    public Outcome {
        Check.notNull("kind", kind);
        reason = Check.reason(Check.notNull("reason", reason));
        if (append != null && kind != Kind.ACK) {
            throw new InvalidInput("append", "must come with an acknowledgement");
        }
    }

    /** It is done. */
    public static Outcome ack() {
        return ACK;
    }

    /**
     * It is done, and this is appended: both are stored in one step, or neither, and exactly once. An append that is
     * refused (a wrong revision, a condition that does not hold) makes it a {@link #retry}.
     */
    public static Outcome ackAppending(AppendRequest append) {
        return new Outcome(Kind.ACK, "", Check.notNull("append", append));
    }

    /** It failed; it is tried again after a pause, and parked when its retries are used up. */
    public static Outcome retry(String reason) {
        return new Outcome(Kind.RETRY, reason, null);
    }

    /** It is set aside at once. */
    public static Outcome park(String reason) {
        return new Outcome(Kind.PARK, reason, null);
    }

    /** It is passed over for good. */
    public static Outcome skip(String reason) {
        return new Outcome(Kind.SKIP, reason, null);
    }

    /** The subscription stops; {@link PersistentSubscriptions#resume} lets it go on with this event. */
    public static Outcome stop(String reason) {
        return new Outcome(Kind.STOP, reason, null);
    }

    /** Whether its event is done with. */
    boolean settles() {
        return kind == Kind.ACK || kind == Kind.SKIP;
    }

    /** What of its worker has to wait for the event that this became of. */
    Predicate<Sent> barred(Sent failed) {
        return switch (kind) {
            case ACK, SKIP -> other -> false;
            case RETRY, PARK -> other -> other.key() == failed.key();
            case STOP -> other -> other.lane() == failed.lane();
        };
    }
}
