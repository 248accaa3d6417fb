package io.esdb;

import java.io.Serial;
import java.time.Duration;

/** This node did not come to a position in time. It may later; nothing is wrong with the store by this alone. */
public final class PositionNotReached extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String store;
    private final long position;
    private final long reached;

    /**
     * @param store the store's name
     * @param position the position that was waited for
     * @param reached the last position that can be read on this node, -1 if none
     * @param waited how long it was waited for
     */
    public PositionNotReached(String store, long position, long reached, Duration waited) {
        super(
                "store '" + store + "' is at position " + reached + " after " + waited + ", not at " + position
                        + " yet",
                null);
        this.store = store;
        this.position = position;
        this.reached = reached;
    }

    /** The store's name. */
    public String store() {
        return store;
    }

    /** The position that was waited for. */
    public long position() {
        return position;
    }

    /** The last position that can be read on this node, -1 if none. */
    public long reached() {
        return reached;
    }
}
