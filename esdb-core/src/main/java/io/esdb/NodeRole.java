package io.esdb;

/** What a node does in the cluster of a store. */
public enum NodeRole {
    /** Orders all appends. At most one node does in each term. */
    LEADER,
    /** Holds a full copy and votes. */
    FOLLOWER,
    /** Holds a full copy and asks to become leader. */
    CANDIDATE,
    /** Holds a full copy and does not vote. */
    LISTENER,
    /** Takes no part: it is starting, joining, or has failed. */
    OUTSIDE
}
