package io.esdb.testkit.history;

import io.esdb.Consistency;
import io.esdb.EventStore;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.RecordedEvent;
import io.esdb.StoreStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a node holds after the last client has stopped.
 *
 * @param node the node
 * @param events every event, in the order of positions
 * @param digests state digests that the node has shown, by the applied index they belong to; may be empty
 */
public record NodeContent(int node, List<RecordedEvent> events, Map<Long, String> digests) {
    /** Copies the list and the map. */
    public NodeContent {
        events = List.copyOf(events);
        digests = Map.copyOf(digests);
    }

    /** Content without digests. */
    public static NodeContent of(int node, List<RecordedEvent> events) {
        return new NodeContent(node, events, Map.of());
    }

    /** Reads everything a node holds, up to the last acknowledged append, and its digest. */
    public static NodeContent read(int node, EventStore store) {
        LogRead read = LogRead.forward().consistency(Consistency.LINEARIZABLE);
        List<RecordedEvent> events = Pages.stream(store, read).toList();
        return of(node, events).withDigest(store.statistics());
    }

    /** The same content with one more digest. */
    public NodeContent withDigest(StoreStatistics statistics) {
        return withDigest(statistics.appliedIndex(), statistics.stateDigest());
    }

    /** The same content with one more digest. */
    public NodeContent withDigest(long appliedIndex, String digest) {
        Map<Long, String> more = new HashMap<>(digests);
        more.put(appliedIndex, digest);
        return new NodeContent(node, events, more);
    }
}
