package io.esdb.engine;

import io.esdb.RecordedEvent;
import io.esdb.format.FormatException;
import io.esdb.machine.StreamState;
import io.esdb.spi.ReadView;
import java.util.HashMap;
import java.util.Map;

/** Tells which events are hidden by a deletion, a trim or a stream's limits, at one time in one view. */
final class Visibility {
    private final ReadView view;
    private final boolean everythingShows;
    private final long now;
    private final Map<String, StreamState> streams = new HashMap<>();

    Visibility(StoreView store, long clockMicros) {
        this.view = store.view();
        this.everythingShows = store.progress().counters().restricted() == 0;
        this.now = Math.max(clockMicros, store.progress().counters().lastTime());
    }

    long now() {
        return now;
    }

    boolean shows(RecordedEvent event) {
        return everythingShows || stream(event).shows(event.revision(), event.createdMicros(), now);
    }

    private StreamState stream(RecordedEvent event) {
        return streams.computeIfAbsent(event.stream(), name -> {
            StreamState stream = StreamLookup.findWithoutHead(view, name);
            if (stream == null) {
                throw new FormatException("the stream of " + event + " is missing");
            }
            return stream.maxCount() == 0 ? stream : StreamLookup.withHead(view, stream);
        });
    }
}
