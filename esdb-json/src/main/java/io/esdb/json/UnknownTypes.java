package io.esdb.json;

/** What {@link JsonEvents} does with an event whose type it does not know. */
public enum UnknownTypes {
    /** Fail with {@link UnknownEventType}. The default. */
    REFUSE,

    /** Hand out the {@link io.esdb.RecordedEvent} itself, whatever its content type, unread. */
    RAW
}
