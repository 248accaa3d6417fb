package io.esdb;

import java.util.List;

/**
 * A page of stream names, in the order of their UTF-8 bytes.
 *
 * @param streams the names; streams that are deleted are not among them
 * @param next what to pass as {@code after} to go on, the last name looked at; empty if nothing was
 * @param end whether there are no more
 */
public record StreamList(List<String> streams, String next, boolean end) {
    /** Copies the list. */
    public StreamList {
        streams = List.copyOf(streams);
    }
}
