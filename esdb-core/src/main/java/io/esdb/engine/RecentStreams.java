package io.esdb.engine;

import io.esdb.machine.StreamState;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The streams that were appended to most recently. Only the thread that applies uses it. */
final class RecentStreams {
    private static final int MOST = 100_000;

    private final Map<String, StreamState> streams = new LinkedHashMap<>(1_024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, StreamState> eldest) {
            return size() > MOST;
        }
    };

    @Nullable
    StreamState get(String name) {
        return streams.get(name);
    }

    void put(StreamState stream) {
        streams.put(stream.name(), stream);
    }

    void clear() {
        streams.clear();
    }
}
