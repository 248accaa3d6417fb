package io.esdb.raft;

/**
 * Lets tests cut connections between nodes. What a closed connection carries is lost without a word, as in a network:
 * neither a reply nor an error comes back. A stream that has lost a message breaks once the connection is open again.
 */
@FunctionalInterface
public interface NetworkFilter {
    /** All connections are open; costs nothing. */
    NetworkFilter ALL_OPEN = (from, to) -> true;

    /**
     * Whether messages from one member to another one pass now. Requests and replies are asked for alike, each in its
     * own direction. Called for every message, on any thread; must not block.
     */
    boolean open(String from, String to);
}
