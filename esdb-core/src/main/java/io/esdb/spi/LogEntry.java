package io.esdb.spi;

import java.util.List;

/**
 * Commands that have one place in the log: all of them take effect, or none.
 *
 * @param at the place
 * @param commands their bytes, as submitted, in order; not copied. None if the entry is one of the log's own, which
 *     takes a place and changes nothing
 */
public record LogEntry(LogIndex at, List<byte[]> commands) {
    /** An entry with one command. */
    public static LogEntry of(LogIndex at, byte[] command) {
        return new LogEntry(at, List.of(command));
    }

    /** An entry of the log's own. */
    public static LogEntry empty(LogIndex at) {
        return new LogEntry(at, List.of());
    }
}
