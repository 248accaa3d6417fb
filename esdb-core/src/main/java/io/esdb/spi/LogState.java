package io.esdb.spi;

/**
 * How far a node has come, and a fingerprint of everything it has: two nodes at the same entry have the same digest,
 * or one of them is damaged.
 *
 * @param applied the last entry applied
 * @param digest the digest of the state after it; not copied
 */
public record LogState(LogIndex applied, byte[] digest) {}
