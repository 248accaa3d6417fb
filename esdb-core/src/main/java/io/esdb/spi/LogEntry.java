package io.esdb.spi;

/**
 * A command at its place in the log.
 *
 * @param at its place
 * @param command its bytes, as submitted; not copied
 */
public record LogEntry(LogIndex at, byte[] command) {}
