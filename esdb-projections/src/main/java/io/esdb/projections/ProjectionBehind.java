package io.esdb.projections;

import io.esdb.EsdbException;
import java.io.Serial;
import java.time.Duration;

/** A projection did not come to a position in time, as this node sees it. It may later. */
public final class ProjectionBehind extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String name;
    private final long position;
    private final long place;

    /**
     * @param name the projection
     * @param position the position that was waited for
     * @param place up to where its events have counted, as this node sees it; -1 if none
     * @param waited how long it was waited for
     */
    public ProjectionBehind(String name, long position, long place, Duration waited) {
        super("projection '" + name + "' is at " + place + " after " + waited + ", not at " + position + " yet", null);
        this.name = name;
        this.position = position;
        this.place = place;
    }

    /** The projection. */
    public String name() {
        return name;
    }

    /** The position that was waited for. */
    public long position() {
        return position;
    }

    /** Up to where its events have counted, as this node sees it; -1 if none. */
    public long place() {
        return place;
    }
}
