package io.esdb.subscriptions.persistent;

/** Which consumer of a subscription gets which events. Events of one worker are with one consumer at a time. */
public enum Strategy {
    /** All events go to the consumer that has been there the longest; the others stand by. */
    ONE_AT_A_TIME,
    /** Workers go from consumer to consumer in turn. */
    ROUND_ROBIN,
    /** A worker, and so a key, stays with one consumer for as long as that one is there; others take few when it goes. */
    PINNED
}
