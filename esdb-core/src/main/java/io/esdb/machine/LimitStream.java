package io.esdb.machine;

import io.esdb.StreamInfo.Status;

/**
 * Sets how much of a stream is shown.
 *
 * @param stream the stream
 * @param maxCount only the newest so many events; 0: no bound
 * @param maxAgeMicros only events younger than this; 0: no bound
 */
public record LimitStream(String stream, long maxCount, long maxAgeMicros) implements Command {
    @Override
    public Decision decide(State state) {
        StreamState known = state.stream(stream);
        if (known == null || known.status() == Status.DELETED) {
            return Decision.refuse(new Reply.NoStream(stream));
        }
        if (known.status() == Status.TOMBSTONED) {
            return Decision.refuse(new Reply.Tombstoned(stream));
        }
        StreamState limited = known.limited(maxCount, maxAgeMicros);
        return limited.equals(known) ? Decision.unchanged() : Decision.changed(new Change.StreamChanged(limited));
    }
}
