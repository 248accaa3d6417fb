package io.esdb.benchmarks;

import java.io.Closeable;
import java.util.List;

/** Another store, which takes appends in batches. One thread at a time unless its class says otherwise. */
interface Peer extends Closeable {

    /** Writes all or nothing, forced to disk on return. */
    void commit(List<SampleAppend> appends) throws Exception;

    /** How many events are there, by looking. */
    long events() throws Exception;

    /** The last revision of a stream, by looking; -1 without events. */
    long lastRevision(long stream) throws Exception;
}
