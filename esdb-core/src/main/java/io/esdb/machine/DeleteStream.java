package io.esdb.machine;

import io.esdb.ExpectedRevision;
import io.esdb.StreamInfo.Status;

/**
 * Deletes a stream, for good or until the next append to it.
 *
 * @param stream the stream
 * @param expected what it must be at
 * @param forGood whether its name is to take no more events, ever
 */
public record DeleteStream(String stream, ExpectedRevision expected, boolean forGood) implements Command {
    @Override
    public Decision decide(State state) {
        StreamState known = state.stream(stream);
        if (known != null && known.status() == Status.TOMBSTONED) {
            return forGood ? Decision.unchanged() : Decision.refuse(new Reply.Tombstoned(stream));
        }
        long actual = known == null ? -1 : known.visibleHead();
        if (!expected.isMetBy(actual)) {
            return Decision.refuse(new Reply.WrongRevision(stream, actual));
        }
        if (known == null) {
            return forGood ? Decision.refuse(new Reply.NoStream(stream)) : Decision.unchanged();
        }
        if (known.status() == Status.DELETED && !forGood) {
            return Decision.unchanged();
        }
        StreamState deleted =
                known.trimmedBefore(known.head() + 1).withStatus(forGood ? Status.TOMBSTONED : Status.DELETED);
        return Decision.changed(new Change.StreamChanged(deleted));
    }
}
