package io.esdb.spi;

/**
 * A place in a command log.
 *
 * @param term the term of the leader that ordered the entry; 1 for a log on a single JVM
 * @param index the number of the entry, dense; the first one is 0
 */
public record LogIndex(long term, long index) implements Comparable<LogIndex> {
    /** Before the first entry. */
    public static final LogIndex NONE = new LogIndex(0, -1);

    @Override
    public int compareTo(LogIndex other) {
        int byTerm = Long.compare(term, other.term);
        return byTerm != 0 ? byTerm : Long.compare(index, other.index);
    }
}
