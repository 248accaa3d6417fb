package io.esdb.raft;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.raftlog.segmented.SegmentedRaftLog;

/**
 * The threads that write the logs of groups which are being stopped. Ratis waits for their ends, but they look only once
 * a second whether they are to end. So each is woken as soon as it is to end and has nothing left to write. There is no
 * other way to them than their names.
 */
final class LogWorkers {
    private static final long PAUSE_MILLIS = 2;

    private final Map<String, SegmentedRaftLog> logs = new HashMap<>();
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
            if (division.getRaftLog() instanceof SegmentedRaftLog log) {
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
                logs.entrySet().removeIf(entry -> isToEnd(entry.getValue()) && isWoken(entry.getKey()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // all have ended
        }
    }

    /** The log is closed some time before: a thread that is woken in between ends too, but Ratis warns of it. */
    private static boolean isToEnd(SegmentedRaftLog log) {
        try {
            // There is no other way to see it.
            Object worker = value(SegmentedRaftLog.class, "fileLogWorker", log);
            return Boolean.FALSE.equals(value(worker.getClass(), "running", worker));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return false; // it takes a second, then
        }
    }

    private static Object value(Class<?> owner, String name, Object of) throws ReflectiveOperationException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }

    /** A thread that still writes must not be interrupted, as that would close its file; it ends by itself. */
    private static boolean isWoken(String worker) {
        List<Thread> threads = RaftThreads.named(worker);
        boolean idle = threads.stream().allMatch(LogWorkers::waitsForWork);
        if (idle) {
            threads.forEach(Thread::interrupt);
        }
        return idle;
    }

    private static boolean waitsForWork(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().endsWith(".DataBlockingQueue")
                                && frame.getMethodName().equals("poll"));
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
