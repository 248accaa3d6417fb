package io.esdb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One atomic append: all of its events are written, at neighbouring positions, or none is.
 *
 * @param streams at least one, each stream once; positions follow this order
 * @param condition what must hold besides the expected revisions, or null
 */
public record AppendRequest(
        List<StreamAppend> streams, @Nullable AppendCondition condition) {
    /** @throws InvalidInput if a component is null, there is no stream, or a stream is named twice */
    public AppendRequest {
        Check.notNull("streams", streams);
        Set<String> names = new HashSet<>();
        for (StreamAppend append : streams) {
            if (!names.add(Check.notNull("stream append", append).stream())) {
                throw new InvalidInput("stream", "must not stand twice in one append: '" + append.stream() + "'");
            }
        }
        streams = List.copyOf(streams);
        if (streams.isEmpty()) {
            throw new InvalidInput("streams", "must name at least one stream");
        }
    }

    /** An append to one stream, without a condition. */
    public static AppendRequest to(String stream, ExpectedRevision expected, EventData... events) {
        return to(stream, expected, listOf(events));
    }

    /** An append to one stream, without a condition. */
    public static AppendRequest to(String stream, ExpectedRevision expected, List<EventData> events) {
        return new AppendRequest(List.of(new StreamAppend(stream, expected, events)), null);
    }

    /** The same append with events for one more stream. */
    public AppendRequest and(String stream, ExpectedRevision expected, EventData... events) {
        return and(stream, expected, listOf(events));
    }

    /** The same append with events for one more stream. */
    public AppendRequest and(String stream, ExpectedRevision expected, List<EventData> events) {
        List<StreamAppend> more = new ArrayList<>(streams);
        more.add(new StreamAppend(stream, expected, events));
        return new AppendRequest(more, condition);
    }

    /** The same append, to be refused unless this condition holds too. */
    public AppendRequest onlyIf(AppendCondition condition) {
        return new AppendRequest(streams, Check.notNull("condition", condition));
    }

    /** How many events it carries. */
    public int eventCount() {
        return streams.stream().mapToInt(append -> append.events().size()).sum();
    }

    private static List<EventData> listOf(EventData[] events) {
        return Arrays.asList(Check.notNull("events", events));
    }
}
