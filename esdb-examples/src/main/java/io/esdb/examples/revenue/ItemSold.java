package io.esdb.examples.revenue;

/**
 * Somebody has bought a piece of something.
 *
 * @param item what it was
 * @param cents what was paid for it
 */
record ItemSold(String item, long cents) {}
