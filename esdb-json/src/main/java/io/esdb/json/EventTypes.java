package io.esdb.json;

import io.esdb.InvalidInput;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which event type stands for which Java class, in which version of its schema, and how older versions become newer
 * ones. Immutable: every {@code with} gives a new registry.
 *
 * <pre>{@code
 * EventTypes types = EventTypes.none()
 *         .with("OrderPlaced", OrderPlaced.class)
 *         .with("OrderShipped", 3, OrderShipped.class)
 *         .withUpcaster("OrderShipped", 1, data -> data.put("carrier", "unknown"))
 *         .withUpcaster("OrderSent", 2, "OrderShipped", data -> data);
 * }</pre>
 *
 * <p>Versions count from 1, and a class has the number of its newest one. An upcaster makes one step, from a version
 * to the next; the step may also give the event another type, which is how a type is renamed.
 */
public final class EventTypes {
    private static final EventTypes NONE = new EventTypes(Map.of(), Map.of(), Map.of());

    private final Map<String, Mapping> byType;
    private final Map<Class<?>, Mapping> byClass;
    private final Map<Version, Step> steps;

    private EventTypes(Map<String, Mapping> byType, Map<Class<?>, Mapping> byClass, Map<Version, Step> steps) {
        this.byType = byType;
        this.byClass = byClass;
        this.steps = steps;
    }

    /** A class and the type and newest version that stand for it. */
    record Mapping(Version newest, Class<?> eventClass) {}

    /** A type in one version of its schema. */
    record Version(String type, int number) {
        Version {
            Check.text("type", type);
            Check.within("version", number, Integer.MAX_VALUE);
        }
    }

    /** What leads from a version to the next. */
    record Step(Version to, Upcaster upcaster) {}

    /** The registry that knows nothing. */
    public static EventTypes none() {
        return NONE;
    }

    /**
     * The same registry with a class in its first version.
     *
     * @throws InvalidInput if the type or the class is registered already
     */
    public EventTypes with(String type, Class<?> eventClass) {
        return with(type, 1, eventClass);
    }

    /**
     * The same registry with a class.
     *
     * @param type the event type, not blank
     * @param version the newest version of its schema, from 1: what {@code eventClass} looks like now
     * @param eventClass what the type is read as; objects of this very class, not of subclasses, are written as it
     * @throws InvalidInput if the type or the class is registered already, or the version is not positive
     */
    public EventTypes with(String type, int version, Class<?> eventClass) {
        Mapping mapping = new Mapping(new Version(type, version), Check.notNull("eventClass", eventClass));
        if (byType.containsKey(type)) {
            throw new InvalidInput("type", "'" + type + "' is registered already");
        }
        if (byClass.containsKey(eventClass)) {
            throw new InvalidInput("eventClass", eventClass.getName() + " is registered already");
        }
        return new EventTypes(plus(byType, type, mapping), plus(byClass, eventClass, mapping), steps);
    }

    /**
     * The same registry with a step from a version of a type to the next.
     *
     * @param type the event type, not blank
     * @param version the version that the step starts from, from 1
     * @param upcaster makes the next version out of it
     * @throws InvalidInput if there is a step from this version already, or the version is not positive
     */
    public EventTypes withUpcaster(String type, int version, Upcaster upcaster) {
        return withUpcaster(type, version, type, upcaster);
    }

    /**
     * The same registry with a step from a version of a type to the next version of another type. Use it to rename a
     * type: events of the old name and of this version are read as the new name's next version.
     *
     * @param type the event type that the step starts from, not blank
     * @param version the version that the step starts from, from 1
     * @param newType the event type that it leads to, not blank
     * @param upcaster makes the next version out of it; {@code data -> data} if only the name changes
     * @throws InvalidInput if there is a step from this version already, or the version is not positive
     */
    public EventTypes withUpcaster(String type, int version, String newType, Upcaster upcaster) {
        Version from = new Version(type, version);
        Check.within("version", version, Integer.MAX_VALUE - 1);
        Step step = new Step(new Version(newType, version + 1), Check.notNull("upcaster", upcaster));
        if (steps.containsKey(from)) {
            throw new InvalidInput("version", version + " of '" + type + "' has an upcaster already");
        }
        return new EventTypes(byType, byClass, plus(steps, from, step));
    }

    @Nullable
    Mapping ofClass(Class<?> eventClass) {
        return byClass.get(eventClass);
    }

    @Nullable
    Mapping ofType(String type) {
        return byType.get(type);
    }

    Collection<Mapping> mappings() {
        return byType.values();
    }

    Set<Version> upcasted() {
        return steps.keySet();
    }

    @Nullable
    Step stepFrom(Version version) {
        return steps.get(version);
    }

    private static <K, V> Map<K, V> plus(Map<K, V> map, K key, V value) {
        Map<K, V> more = new HashMap<>(map);
        more.put(key, value);
        return Map.copyOf(more);
    }
}
