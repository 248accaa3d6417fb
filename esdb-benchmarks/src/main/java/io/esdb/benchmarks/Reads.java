package io.esdb.benchmarks;

import java.io.Closeable;

/** What can be read from a store that holds {@link ReadData}. Each tells how many events it found, in order. */
interface Reads extends Closeable {

    /** All events, in the order of their positions. */
    long all() throws Exception;

    /** One stream, in the order of its revisions. */
    long stream(long stream) throws Exception;
}
