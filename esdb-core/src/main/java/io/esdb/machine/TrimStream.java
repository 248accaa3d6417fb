package io.esdb.machine;

import io.esdb.StreamInfo.Status;

/**
 * Hides the events of a stream before a revision.
 *
 * @param stream the stream
 * @param before the first revision to keep
 */
public record TrimStream(String stream, long before) implements Command {
    @Override
    public Decision decide(State state) {
        StreamState known = state.stream(stream);
        if (known == null || known.status() == Status.DELETED) {
            return Decision.refuse(new Reply.NoStream(stream));
        }
        if (known.status() == Status.TOMBSTONED) {
            return Decision.refuse(new Reply.Tombstoned(stream));
        }
        long first = Math.min(before, known.head() + 1);
        return first <= known.truncateBefore()
                ? Decision.unchanged()
                : Decision.changed(new Change.StreamChanged(known.trimmedBefore(first)));
    }
}
