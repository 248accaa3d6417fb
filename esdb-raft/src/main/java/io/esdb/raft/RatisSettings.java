package io.esdb.raft;

import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** The settings of Ratis: what was measured to be fast, and what was seen to be safe. */
final class RatisSettings {
    private static final int FRAMING = 1 << 20;
    /** Pauses between attempts to reach a follower: by default it would be five seconds late when it is back. */
    private static final String ATTEMPTS = "1ms,5,50ms,20,200ms,1000000000";

    private RatisSettings() {}

    static RaftProperties of(RaftOptions options, File groups, File parked) {
        RaftProperties properties = new RaftProperties();
        RaftConfigKeys.Rpc.setType(properties, new RatisRpc());
        RaftServerConfigKeys.setStorageDir(properties, List.of(groups));
        RaftServerConfigKeys.setRemovedGroupsDir(properties, parked);
        RaftServerConfigKeys.setCloseThreshold(properties, TimeDuration.valueOf(1, TimeUnit.DAYS));
        GrpcConfigKeys.Server.setHost(properties, options.self().host());
        GrpcConfigKeys.Server.setPort(properties, options.self().port());
        times(properties, options);
        log(properties, options);
        sizes(properties, options.entryBytes());
        return properties;
    }

    private static void times(RaftProperties properties, RaftOptions options) {
        Duration timeout = options.electionTimeout();
        RaftServerConfigKeys.Rpc.setTimeoutMin(properties, time(timeout));
        RaftServerConfigKeys.Rpc.setTimeoutMax(properties, time(timeout.multipliedBy(2)));
        boolean alone = options.members().size() == 1;
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(
                properties, alone ? time(Duration.ofMillis(10)) : time(timeout.dividedBy(3)));
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(
                properties,
                alone
                        ? time(Duration.ofMillis(20))
                        : time(timeout.multipliedBy(2).dividedBy(3)));
        RaftServerConfigKeys.Rpc.setRequestTimeout(properties, time(timeout.multipliedBy(3)));
        RaftServerConfigKeys.Rpc.setSlownessTimeout(properties, time(timeout.multipliedBy(5)));
        RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(properties, time(timeout.multipliedBy(10)));
        // Nothing is retried through Ratis, so nothing has to be remembered for it.
        RaftServerConfigKeys.RetryCache.setExpiryTime(properties, TimeDuration.valueOf(1, TimeUnit.SECONDS));
        RaftServerConfigKeys.RetryCache.setStatisticsExpiryTime(properties, TimeDuration.valueOf(1, TimeUnit.SECONDS));
    }

    private static void log(RaftProperties properties, RaftOptions options) {
        Log.setLogMetadataEnabled(properties, false);
        Log.setUnsafeFlushEnabled(properties, false);
        Log.setAsyncFlushEnabled(properties, false);
        // With it a follower acknowledges entries that came together with one that it was just appending, and drops
        // them.
        Log.setAppendEntriesComposeEnabled(properties, false);
        Log.setCorruptionPolicy(properties, Log.CorruptionPolicy.EXCEPTION);
        Log.StateMachineData.setSync(properties, false); // the mark is set after the log was forced, see MarkingFlush
        Log.setSegmentCacheNumMax(properties, 2);
        Log.setPurgeUptoSnapshotIndex(properties, true);
        Log.setPurgeGap(properties, (int) Math.min(1_024, options.imageAfter()));
        Log.setPurgePreservationLogNum(properties, options.entriesKept());
        // What waits shares an entry already; but without any pause a dead follower is tried as fast as it goes.
        Log.Appender.setWaitTimeMin(properties, TimeDuration.valueOf(200, TimeUnit.MICROSECONDS));
        Log.Appender.setRetryPolicy(properties, ATTEMPTS);
        Log.Appender.setInstallSnapshotEnabled(properties, false); // a node that is behind fetches an image itself
        RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, true);
        RaftServerConfigKeys.Snapshot.setAutoTriggerThreshold(properties, options.imageAfter());
        RaftServerConfigKeys.Snapshot.setTriggerWhenStopEnabled(properties, false);
        RaftServerConfigKeys.Snapshot.setTriggerWhenRemoveEnabled(properties, false);
        RaftServerConfigKeys.LeaderElection.setMemberMajorityAdd(properties, false);
    }

    private static void sizes(RaftProperties properties, int entryBytes) {
        Log.setSegmentSizeMax(properties, SizeInBytes.valueOf(Math.max(32 << 20, 2L * entryBytes)));
        Log.setPreallocatedSize(properties, SizeInBytes.valueOf(4 << 20));
        Log.setWriteBufferSize(properties, SizeInBytes.valueOf(entryBytes + FRAMING));
        Log.Appender.setBufferByteLimit(properties, SizeInBytes.valueOf(entryBytes));
        GrpcConfigKeys.setMessageSizeMax(properties, SizeInBytes.valueOf(entryBytes + 2L * FRAMING));
        RaftServerConfigKeys.Write.setElementLimit(properties, 4_096);
        RaftServerConfigKeys.Write.setByteLimit(properties, SizeInBytes.valueOf(64L << 20));
    }

    private static TimeDuration time(Duration duration) {
        return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}
