package io.esdb.raft;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.raftlog.RaftLogBase;

/**
 * The threads that write the logs of groups which are being stopped. Ratis waits for their ends, but they look only once
 * a second whether they are to end. So each is woken as soon as its log takes nothing more. There is no other way to
 * them than their names.
 */
final class LogWorkers {
    private static final long PAUSE_MILLIS = 2;
    /** Ratis closes the log first and tells the thread right after. */
    private static final int LOOKS = 3;

    private final Map<String, RaftLogBase> logs = new HashMap<>();
    private final Map<String, Integer> seenClosed = new HashMap<>();
    private final Thread waker = new Thread(this::wake, "esdb-raft-log-waker");

    private LogWorkers() {
        waker.setDaemon(true);
    }

    /** Stops groups, as whatever is given does. */
    static void stop(RaftServer server, Iterable<RaftGroupId> groups, Stopping stopping) throws IOException {
        LogWorkers workers = new LogWorkers();
        groups.forEach(group -> workers.add(server, group));
        workers.waker.start();
        try {
            stopping.run();
        } finally {
            workers.end();
        }
    }

    private void add(RaftServer server, RaftGroupId group) {
        try {
            RaftServer.Division division = server.getDivision(group);
            if (division.getRaftLog() instanceof RaftLogBase log) {
                logs.put(division.getMemberId() + "-SegmentedRaftLogWorker", log);
            }
        } catch (IOException e) {
            // it does not run any more, so nothing waits for it
        }
    }

    private void wake() {
        try {
            while (!logs.isEmpty()) {
                Thread.sleep(PAUSE_MILLIS);
                List<String> closed = new ArrayList<>();
                logs.forEach((worker, log) -> {
                    if (!log.isOpened() && seenClosed.merge(worker, 1, Integer::sum) >= LOOKS) {
                        closed.add(worker);
                    }
                });
                closed.removeIf(worker -> !isIdle(worker));
                logs.keySet().removeAll(closed);
                closed.forEach(worker -> RaftThreads.named(worker).forEach(Thread::interrupt));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // all have ended
        }
    }

    /** A thread that still writes must not be interrupted, as that would close its file; it ends by itself. */
    private static boolean isIdle(String worker) {
        return RaftThreads.named(worker).stream()
                .allMatch(thread -> Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().endsWith(".DataBlockingQueue")
                                && frame.getMethodName().equals("poll")));
    }

    private void end() {
        waker.interrupt();
        try {
            waker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @FunctionalInterface
    interface Stopping {
        void run() throws IOException;
    }
}
