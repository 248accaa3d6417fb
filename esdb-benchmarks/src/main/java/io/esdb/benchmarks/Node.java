package io.esdb.benchmarks;

import java.io.Closeable;

/** A node that is measured, as its own JVM sees it. */
interface Node extends Closeable {
    /** The most callers at once. */
    int MOST_CALLERS = 256;

    /** Whether it leads and takes appends. */
    boolean leads();

    /** The last entry of the log that is applied here. */
    long applied();

    /** Returns once the cluster has an event of 256 bytes durably; each caller has a stream of its own. */
    void append(int caller) throws Exception;

    /**
     * Appends one event, again and again until it is acknowledged.
     *
     * @return false if another node leads and takes appends only itself
     */
    boolean appendSomehow() throws Exception;

    /** What it is asked beyond that. */
    default String answer(String[] words) throws Exception {
        throw new IllegalArgumentException("what is " + words[0] + "?");
    }

    /** Throws if something acknowledged to callers here is missing. */
    void verify();
}
