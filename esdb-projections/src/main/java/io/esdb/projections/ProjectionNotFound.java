package io.esdb.projections;

import io.esdb.EsdbException;
import java.io.Serial;

/** The store has no projection of this name: none was defined here, and none has ever run. */
public final class ProjectionNotFound extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String name;

    /** @param name the name that was asked for */
    public ProjectionNotFound(String name) {
        super("there is no projection '" + name + "'", null);
        this.name = name;
    }

    /** The name that was asked for. */
    public String name() {
        return name;
    }
}
