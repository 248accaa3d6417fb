package io.esdb;

import java.io.Serial;
import java.util.UUID;

/**
 * An event id of the request is already in the store, and the request is not a plain retry of the append
 * that wrote it: it carries only a part of those events, or more, or other content, or other streams.
 * Nothing was written. Give new facts new ids.
 */
public final class EventIdConflict extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final UUID id;
    private final long position;

    /**
     * @param id the id that is taken, or that stands twice in the request
     * @param position where the event with this id stands, -1 if the request itself holds it twice
     */
    public EventIdConflict(UUID id, long position) {
        super(
                position < 0
                        ? "event id " + id + " stands twice in one append"
                        : "event id " + id + " is taken by the event at position " + position
                                + " and this append is not a retry of that one",
                null);
        this.id = id;
        this.position = position;
    }

    /** The id that is taken. */
    public UUID id() {
        return id;
    }

    /** Where the event with this id stands, -1 if the request itself holds the id twice. */
    public long position() {
        return position;
    }
}
