package io.esdb.subscriptions.persistent;

import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/** A handler that breaks its word. */
@NullUnmarked
final class NullAnswer {
    private NullAnswer() {}

    static Outcome handle(List<Delivery> deliveries) {
        return null;
    }
}
