package io.esdb.spi;

/** How durable a commit is when it returns. */
public enum WriteMode {
    /** On disk. */
    SYNC,
    /** With the operating system: outlives the process; {@link Storage#sync} takes it to disk. */
    BUFFERED,
    /**
     * In memory, because a replicated log keeps the commands. After a crash the storage is at some earlier commit, as
     * a whole; {@link Storage#sync} takes everything to disk.
     */
    UNLOGGED
}
