package io.esdb.subscriptions.persistent;

import io.esdb.AppendRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer says of deliveries.
 *
 * @param sequences which deliveries at its seat; all of one lane, several only for an acknowledgement or a return
 * @param ruling what is to be done with them
 * @param reason why
 * @param append what is to be stored in the same step as the acknowledgement; null if nothing is
 */
record Verdict(
        List<Long> sequences,
        Ruling ruling,
        String reason,
        @Nullable AppendRequest append) {
    /** What is to be done with deliveries. The names are sent between nodes and never change. */
    enum Ruling {
        ACK,
        RETRY,
        PARK,
        SKIP,
        STOP,
        /** Given back untouched; does not count. */
        RETURN
    }

    Verdict {
        sequences = List.copyOf(sequences);
    }
}
