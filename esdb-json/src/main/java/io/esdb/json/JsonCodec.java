package io.esdb.json;

import com.fasterxml.jackson.databind.Module;
import io.esdb.InvalidInput;
import java.io.IOException;
import java.util.List;

/**
 * Turns objects of one class into JSON bytes and back, by the rules of {@link JsonEvents}: for what is no event, such as
 * the state in a snapshot. Make one, keep it, and share it between threads.
 *
 * @param <T> the class, a record or what else Jackson reads and writes
 */
public final class JsonCodec<T> {
    private final Class<T> kind;
    private final JsonLimits limits;
    private final List<Module> modules;
    private final Json json;

    private JsonCodec(Class<T> kind, JsonLimits limits, List<Module> modules) {
        this.kind = kind;
        this.limits = limits;
        this.modules = modules;
        this.json = new Json(limits, modules);
        Throwable why = json.whyUnreadable(kind);
        if (why != null) {
            throw new InvalidInput("kind", "cannot be read, " + why.getMessage());
        }
    }

    /**
     * Objects of this class, within {@link JsonLimits#defaults}.
     *
     * @throws InvalidInput if the class cannot be read from JSON
     */
    public static <T> JsonCodec<T> of(Class<T> kind) {
        return new JsonCodec<>(Check.notNull("kind", kind), JsonLimits.defaults(), List.of());
    }

    /** The same with other limits. */
    public JsonCodec<T> withLimits(JsonLimits limits) {
        return new JsonCodec<>(kind, Check.notNull("limits", limits), modules);
    }

    /**
     * The same with these Jackson modules instead of its own, as {@link JsonEvents#withModules} has it.
     *
     * @throws InvalidInput if the class cannot be read with them
     */
    public JsonCodec<T> withModules(Module... modules) {
        for (Module module : Check.notNull("modules", modules)) {
            Check.notNull("module", module);
        }
        return new JsonCodec<>(kind, limits, List.of(modules));
    }

    /**
     * The object in JSON.
     *
     * @throws JsonFailed if Jackson cannot write it, or what it wrote is over a limit and could not be read again
     */
    public byte[] write(T value) {
        Check.notNull("value", value);
        try {
            return json.write(value);
        } catch (IOException | RuntimeException e) {
            throw new JsonFailed(kind, "cannot be written, or is over a limit", e);
        }
    }

    /**
     * The object in this JSON.
     *
     * @throws JsonFailed if the bytes are not JSON within the limits, null, or do not fit the class
     */
    public T read(byte[] bytes) {
        Check.notNull("bytes", bytes);
        try {
            T value = json.read(bytes, kind);
            if (value != null) {
                return value;
            }
        } catch (IOException | RuntimeException e) {
            throw new JsonFailed(kind, "cannot be read", e);
        }
        throw new JsonFailed(kind, "cannot be read, the JSON is null", null);
    }
}
