package io.esdb.raft;

import org.apache.ratis.protocol.RaftGroupMemberId;

/**
 * The thread that evicts what Ratis caches of the log of one group, as long as the group runs. Ratis waits for its end
 * while it holds the lock of the log, and the thread may just be waiting for that lock: neither would ever go on. So the
 * thread is ended before the group is stopped. There is no other way to it than its name.
 */
final class CacheEviction {
    private static final long PATIENCE_MILLIS = 1_000;

    private CacheEviction() {}

    /** Returns when the thread has ended, if there was one. Nothing is evicted any more. */
    static void end(RaftGroupMemberId member) {
        String name = member + "-cacheEviction-AwaitToRun";
        for (Thread thread : RaftThreads.named(name)) {
            thread.interrupt();
            join(thread);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
