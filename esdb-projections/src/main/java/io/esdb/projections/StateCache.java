package io.esdb.projections;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The states that were used last, as stored; bounded. One thread at a time. */
final class StateCache<S> {
    private static final long MOST_BYTES = 64 << 20;
    private static final int OVERHEAD = 100;

    private final Map<String, Held<S>> states = new LinkedHashMap<>(16, 0.75f, true);
    private final int most;
    private long bytes;

    StateCache(int most) {
        this.most = most;
    }

    @Nullable
    Held<S> get(String key) {
        return states.get(key);
    }

    void put(String key, Held<S> state) {
        Held<S> before = states.put(key, state);
        bytes += size(key, state) - (before == null ? 0 : size(key, before));
        Iterator<Map.Entry<String, Held<S>>> eldest = states.entrySet().iterator();
        while (states.size() > most || bytes > MOST_BYTES) {
            Map.Entry<String, Held<S>> entry = eldest.next();
            bytes -= size(entry.getKey(), entry.getValue());
            eldest.remove();
        }
    }

    int size() {
        return states.size();
    }

    private static long size(String key, Held<?> state) {
        return OVERHEAD + key.length() + (long) state.bytes();
    }

    /**
     * The state of a key.
     *
     * @param state null if there is none
     * @param bytes how many it had when it was read or stored
     */
    record Held<S>(@Nullable S state, int bytes) {
        static <S> Held<S> none() {
            return new Held<>(null, 0);
        }
    }
}
