package io.esdb;

/** Which way a read goes. */
public enum Direction {
    /** From small positions or revisions to large ones. */
    FORWARD,
    /** From large positions or revisions to small ones. */
    BACKWARD
}
