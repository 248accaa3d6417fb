package io.esdb.projections;

import io.esdb.EsdbException;
import java.io.Serial;

/** A projection does not go on by itself: it was paused or stopped, or its function failed and it is to stop then. */
public final class ProjectionStopped extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String reason;

    /**
     * @param name the projection
     * @param reason why it does not run
     */
    public ProjectionStopped(String name, String reason) {
        super("projection '" + name + "' does not run: " + reason, null);
        this.name = name;
        this.reason = reason;
    }

    /** The projection. */
    public String name() {
        return name;
    }

    /** Why it does not run. */
    public String reason() {
        return reason;
    }
}
