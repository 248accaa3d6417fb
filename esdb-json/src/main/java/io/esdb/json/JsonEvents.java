package io.esdb.json;

import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.esdb.EventData;
import io.esdb.EventIds;
import io.esdb.InvalidInput;
import io.esdb.RecordedEvent;
import io.esdb.json.EventTypes.Mapping;
import io.esdb.json.EventWriter.TagRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Turns objects of registered classes into events, and recorded events of any known version back into objects. Make
 * one, keep it, and share it between threads: making one is dear, using it is cheap.
 *
 * <p>The schema version is kept in the event's metadata, a JSON object, under {@link #SCHEMA_VERSION}; the user's own
 * metadata stands beside it. Events that other programs wrote without it are of version 1.
 *
 * <p>How data is read: names that the class does not know are skipped, so older programs read newer fields; a missing
 * or null value for a primitive, a fraction for a whole number, text for a number, a name that stands twice, and
 * anything after the document are refused. Only UTF-8 is read. Times of {@code java.time} are text as in ISO 8601.
 * Records, and what Jackson's annotations describe, work, with one exception: data never names a Java class, so a
 * class that asks for it ({@code @JsonTypeInfo} with {@code CLASS} or {@code MINIMAL_CLASS}) is refused; logical names
 * from a closed list ({@code NAME} with {@code @JsonSubTypes}) are fine.
 */
public final class JsonEvents {
    /** The name in an event's metadata that holds the schema version of its data, a whole number from 1. */
    public static final String SCHEMA_VERSION = "schemaVersion";

    private final Settings settings;
    private final EventReader reader;
    private final EventWriter writer;
    private final Metadata metadata;

    private record Settings(
            EventTypes types,
            JsonLimits limits,
            List<Module> modules,
            UnknownTypes unknownTypes,
            List<TagRule<?>> tagRules) {}

    private JsonEvents(Settings settings) {
        Json json = new Json(settings.limits, settings.modules);
        for (Mapping mapping : settings.types.mappings()) {
            requireReadable(json, mapping.eventClass());
        }
        this.settings = settings;
        this.metadata = new Metadata(json);
        this.reader = new EventReader(json, metadata, new Routes(settings.types), settings.unknownTypes);
        this.writer = new EventWriter(json, metadata, settings.types, settings.tagRules);
    }

    private static void requireReadable(Json json, Class<?> eventClass) {
        Throwable why = json.whyUnreadable(eventClass);
        if (why != null) {
            throw new InvalidInput("types", "have a class that cannot be read, " + why.getMessage());
        }
    }

    /**
     * Events of these types, within {@link JsonLimits#defaults}, without tags, refusing unknown types.
     *
     * @throws InvalidInput if an upcaster leads to a version that has neither a class nor a further upcaster, an
     *     upcaster starts from the newest version of a type or later, or a class cannot be read from JSON
     */
    public static JsonEvents of(EventTypes types) {
        return new JsonEvents(new Settings(
                Check.notNull("types", types), JsonLimits.defaults(), List.of(), UnknownTypes.REFUSE, List.of()));
    }

    /** The same with other limits, for data and for metadata. */
    public JsonEvents withLimits(JsonLimits limits) {
        return new JsonEvents(new Settings(
                settings.types,
                Check.notNull("limits", limits),
                settings.modules,
                settings.unknownTypes,
                settings.tagRules));
    }

    /**
     * The same with these Jackson modules instead of its own, for classes that Jackson does not know. The module for
     * {@code java.time} is always there. Whatever a module sets up, limits and the rules above hold.
     *
     * @throws InvalidInput if a registered class cannot be read with them
     */
    public JsonEvents withModules(Module... modules) {
        for (Module module : Check.notNull("modules", modules)) {
            Check.notNull("module", module);
        }
        return new JsonEvents(new Settings(
                settings.types, settings.limits, List.of(modules), settings.unknownTypes, settings.tagRules));
    }

    /** The same with another way to treat events of types that are not registered. */
    public JsonEvents withUnknownTypes(UnknownTypes unknownTypes) {
        return new JsonEvents(new Settings(
                settings.types,
                settings.limits,
                settings.modules,
                Check.notNull("unknownTypes", unknownTypes),
                settings.tagRules));
    }

    /**
     * The same with tags for every event to write that is a {@code kind}. An event gets the tags of all rules that
     * fit it. What {@code tags} throws comes out of {@code toEvent}.
     *
     * @param kind the class, a superclass or an interface of events
     * @param tags gives the tags of an event, in any order; called by the threads that call {@code toEvent}
     */
    public <T> JsonEvents withTags(Class<T> kind, Function<? super T, ? extends Collection<String>> tags) {
        List<TagRule<?>> rules = new ArrayList<>(settings.tagRules);
        rules.add(new TagRule<>(Check.notNull("kind", kind), Check.notNull("tags", tags)));
        return new JsonEvents(new Settings(
                settings.types, settings.limits, settings.modules, settings.unknownTypes, List.copyOf(rules)));
    }

    /**
     * An event to append, with a new id.
     *
     * @throws EventNotWritable if the class is not registered, or the JSON breaks a limit or cannot be written
     * @throws InvalidInput if a tag breaks the rules of {@link EventData}
     */
    public EventData toEvent(Object event) {
        return toEvent(event, EventIds.next());
    }

    /**
     * An event to append, with this id. Give the same id again to make a retry recognisable.
     *
     * @throws EventNotWritable if the class is not registered, or the JSON breaks a limit or cannot be written
     * @throws InvalidInput if a tag breaks the rules of {@link EventData}
     */
    public EventData toEvent(Object event, UUID id) {
        return writer.write(Check.notNull("event", event), Check.notNull("id", id), null);
    }

    /**
     * An event to append, with this id and with metadata of the user's own.
     *
     * @param metadata a map, a record, or anything else that is an object in JSON, without {@link #SCHEMA_VERSION}
     * @throws EventNotWritable if the class is not registered, or the JSON breaks a limit or cannot be written
     * @throws InvalidInput if the metadata is not an object in JSON or uses the reserved name, or a tag breaks the
     *     rules of {@link EventData}
     */
    public EventData toEvent(Object event, UUID id, Object metadata) {
        return writer.write(
                Check.notNull("event", event), Check.notNull("id", id), Check.notNull("metadata", metadata));
    }

    /**
     * The object that an event holds, in the newest version; with {@link UnknownTypes#RAW} the event itself if its type
     * is not known.
     *
     * @throws EventNotReadable as its subtype that says why
     */
    public Object fromEvent(RecordedEvent event) {
        return read(event, Object.class);
    }

    /**
     * The object that an event holds, in the newest version, as a {@code kind}.
     *
     * @param kind the event's class, a superclass or an interface of it, such as a sealed one of all events
     * @throws UnexpectedEventClass if the class registered for the event's type is not a {@code kind}
     * @throws EventNotReadable as its subtype that says why
     */
    public <T> T read(RecordedEvent event, Class<T> kind) {
        return reader.read(Check.notNull("event", event), Check.notNull("kind", kind));
    }

    /**
     * As {@link #read}, for events that are read one after the other: empty for one of a type that is not known, with
     * {@link UnknownTypes#SKIP}.
     *
     * @throws UnexpectedEventClass if the class registered for the event's type is not a {@code kind}
     * @throws EventNotReadable as its subtype that says why
     */
    public <T> Optional<T> readKnown(RecordedEvent event, Class<T> kind) {
        return reader.readKnown(Check.notNull("event", event), Check.notNull("kind", kind));
    }

    /** {@link #readKnown} as a function. */
    public <T> Function<RecordedEvent, Optional<T>> reader(Class<T> kind) {
        Check.notNull("kind", kind);
        return event -> readKnown(event, kind);
    }

    /**
     * The data of an event as a tree of the caller's own, in the newest version; with {@link UnknownTypes#RAW} as it was
     * written if its type is not known. For code that works on JSON, such as {@link JsonFold}.
     *
     * @throws MalformedEvent if the data is not JSON within the limits, or no object
     * @throws EventNotReadable as its subtype that says why
     */
    public ObjectNode tree(RecordedEvent event) {
        return reader.tree(Check.notNull("event", event));
    }

    /**
     * The user's metadata of an event of any type, without the schema version; empty metadata is read as an empty
     * object.
     *
     * @param kind a record, {@code Map.class}, or what else the metadata fits
     * @throws WrongContentType if the metadata is not JSON by its content type
     * @throws MalformedEvent if it is not JSON within the limits or does not fit {@code kind}
     */
    public <T> T metadata(RecordedEvent event, Class<T> kind) {
        return metadata.read(Check.notNull("event", event), Check.notNull("kind", kind));
    }
}
