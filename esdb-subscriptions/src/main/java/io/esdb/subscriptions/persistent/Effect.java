package io.esdb.subscriptions.persistent;

import io.esdb.AppendRequest;
import java.util.List;

/** What a dispatcher wants to be stored before it goes on. */
sealed interface Effect {
    /**
     * An event failed and will be tried again. Until that is stored the event stays where it is.
     *
     * @param replayed whether it is delivered because it was replayed
     */
    record Retry(long position, int retries, String reason, boolean replayed) implements Effect {}

    /** An event is set aside. Until that is stored the event stays where it is. */
    record Park(long position, int attempts, String reason, String consumer) implements Effect {}

    /** Events are done in the same step as an append. */
    record HandOver(List<Long> positions, AppendRequest append) implements Effect {
        public HandOver {
            positions = List.copyOf(positions);
        }
    }

    /** The subscription stops. */
    record Stop(String reason) implements Effect {}
}
