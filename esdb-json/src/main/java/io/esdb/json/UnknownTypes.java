package io.esdb.json;

/** What {@link JsonEvents} does with an event whose type it does not know. */
public enum UnknownTypes {
    /** Fail with {@link UnknownEventType}. The default. */
    REFUSE,

    /** Hand out the {@link io.esdb.RecordedEvent} itself, whatever its content type, unread. */
    RAW,

    /**
     * Pass over it, where events are read one after the other: {@link JsonEvents#readKnown} and {@link JsonEvents#reader}
     * give nothing for it. Where one event is asked for, there is nothing to give, so it fails as with {@link #REFUSE}.
     */
    SKIP
}
