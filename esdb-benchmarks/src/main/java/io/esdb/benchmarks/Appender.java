package io.esdb.benchmarks;

import java.io.Closeable;
import java.nio.file.Path;

/** Where appends go to, from any number of threads. */
interface Appender extends Closeable {

    /** Returns once the events are forced to disk. */
    void append(SampleAppend append) throws Exception;

    /** How many events are there, by looking. */
    long events() throws Exception;

    /** The last revision of a stream, by looking; -1 without events. */
    long lastRevision(long stream) throws Exception;

    /** Opens one. */
    @FunctionalInterface
    interface Source {
        /** Opens one in a folder that is empty, and its own. */
        Appender open(Path folder) throws Exception;
    }
}
