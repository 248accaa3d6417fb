package io.esdb.raft;

/**
 * A command on its way through the log.
 *
 * @param origin which log, of which node and start, has submitted it
 * @param seq its number there, ascending
 * @param command the bytes; none for a barrier, which only wants to be seen
 */
record Item(long origin, long seq, byte[] command) {
    /** What an item takes beside its command. */
    static final int OVERHEAD = 20;

    int bytes() {
        return OVERHEAD + command.length;
    }

    boolean isBarrier() {
        return command.length == 0;
    }
}
