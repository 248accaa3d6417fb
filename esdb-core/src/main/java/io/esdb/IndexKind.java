package io.esdb;

/** An index of events that a store may keep. Without it the same queries work, by looking at every event. */
public enum IndexKind {
    /** Events by type. */
    TYPE,
    /** Events by the category of their stream. */
    CATEGORY,
    /** Events by each of their tags. */
    TAG
}
