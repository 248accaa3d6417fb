package io.esdb.json;

import io.esdb.EsdbException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An object that is no event cannot be turned into JSON or back, see {@link JsonCodec}. */
public final class JsonFailed extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Class<?> kind;

    JsonFailed(Class<?> kind, String problem, @Nullable Throwable cause) {
        super("a " + kind.getName() + " " + problem, cause);
        this.kind = kind;
    }

    /** The class of the object. */
    public Class<?> kind() {
        return kind;
    }
}
