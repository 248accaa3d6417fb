package io.esdb.json;

import io.esdb.EventData;
import io.esdb.json.EventTypes.Mapping;
import io.esdb.json.EventTypes.Version;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes event data out of objects of registered classes. */
final class EventWriter {
    private final Json json;
    private final Metadata metadata;
    private final EventTypes types;
    private final List<TagRule<?>> tagRules;

    EventWriter(Json json, Metadata metadata, EventTypes types, List<TagRule<?>> tagRules) {
        this.json = json;
        this.metadata = metadata;
        this.types = types;
        this.tagRules = tagRules;
    }

    /** The tags that every event of a kind gets. */
    record TagRule<T>(Class<T> kind, Function<? super T, ? extends Collection<String>> tags) {
        Collection<String> tagsOf(Object event) {
            return kind.isInstance(event) ? Check.notNull("tags", tags.apply(kind.cast(event))) : List.of();
        }
    }

    EventData write(Object event, UUID id, @Nullable Object userMetadata) {
        Mapping mapping = types.ofClass(event.getClass());
        if (mapping == null) {
            throw new EventNotWritable(event.getClass(), "the class is not registered", null);
        }
        return write(event, mapping.newest(), userMetadata).withId(id).withTags(tagsOf(event));
    }

    private EventData write(Object event, Version version, @Nullable Object userMetadata) {
        byte[] data = written(event, "its data", () -> json.write(event));
        byte[] about = written(event, "its metadata", () -> metadata.write(version.number(), userMetadata));
        return EventData.json(version.type(), data).withMetadata(about);
    }

    private static byte[] written(Object event, String part, Writing writing) {
        try {
            return writing.bytes();
        } catch (IOException | IllegalArgumentException e) {
            throw new EventNotWritable(
                    event.getClass(), part + " cannot be written within the limits, see the cause", e);
        }
    }

    private interface Writing {
        byte[] bytes() throws IOException;
    }

    private Collection<String> tagsOf(Object event) {
        Collection<String> tags = new TreeSet<>();
        for (TagRule<?> rule : tagRules) {
            for (String tag : rule.tagsOf(event)) {
                tags.add(Check.notNull("tag", tag));
            }
        }
        return tags;
    }
}
