package io.esdb.raft.testkit.soak;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of a method of {@link io.esdb.EventStore} on its way to a node.
 *
 * @param id comes back with the answer
 * @param method the method's name
 * @param arguments records and plain values
 */
record Call(long id, String method, List<@Nullable Object> arguments) {
    /** The name of the call that lets a node close in order, which no store has. */
    static final String STOP = "stop";

    /**
     * What came of it.
     *
     * @param id that of the call; 0 for the first answer of a node, when its store is open
     * @param value what the method returned, if it did
     * @param failure what it threw, if it did
     */
    record Answer(long id, @Nullable Object value, @Nullable Failure failure) {}
}
