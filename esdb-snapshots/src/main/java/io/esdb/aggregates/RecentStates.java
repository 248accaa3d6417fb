package io.esdb.aggregates;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The states of the streams that were loaded or changed last. Safe to use from any thread. */
final class RecentStates<S> {
    private final Map<String, LoadedStream<S>> states = new LinkedHashMap<>(16, 0.75f, true);
    private final int most;

    /** @param most how many, 0 for none */
    RecentStates(int most) {
        this.most = most;
    }

    synchronized @Nullable LoadedStream<S> get(String stream) {
        return states.get(stream);
    }

    /** Takes the state of a stream that has events. */
    synchronized void put(String stream, LoadedStream<S> state) {
        states.put(stream, state);
        if (states.size() > most) {
            states.remove(states.keySet().iterator().next());
        }
    }

    synchronized void forget(String stream) {
        states.remove(stream);
    }
}
