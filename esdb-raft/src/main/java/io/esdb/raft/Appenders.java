package io.esdb.raft;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LogAppender;

/**
 * What brings the log of this node to the others while it leads. Ratis tells followers of a commit with the next entry
 * or heartbeat, which may be half an election timeout away; whoever waits for a commit on a follower cannot wait so
 * long.
 */
final class Appenders {
    private static final long REACHED_MILLIS = 1_000;

    private final Map<RaftGroupId, Map<RaftPeerId, LogAppender>> appenders = new ConcurrentHashMap<>();

    void add(RaftGroupId group, LogAppender appender) {
        appenders.computeIfAbsent(group, id -> new ConcurrentHashMap<>()).put(appender.getFollowerId(), appender);
    }

    /**
     * Tells the followers at once how far the log is committed. Ratis leaves it out while it waits for a follower's word
     * on entries, so that follower has to be told again.
     *
     * @return whether all that can be reached know it
     */
    boolean tellCommitted(RaftGroupId group, long committed) {
        boolean told = true;
        for (LogAppender appender : appenders.getOrDefault(group, Map.of()).values()) {
            FollowerInfo follower = appender.getFollower();
            if (isReached(follower) && appender.isRunning() && follower.getCommitIndex() < committed) {
                told = false;
                appender.triggerHeartbeat();
                appender.notifyLogAppender();
            }
        }
        return told;
    }

    private static boolean isReached(FollowerInfo follower) {
        return follower.getLastRpcResponseTime().elapsedTimeMs() < REACHED_MILLIS;
    }

    void forget(RaftGroupId group) {
        appenders.remove(group);
    }
}
