package io.esdb.benchmarks;

import io.esdb.raft.Member;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** The settings that esdb gives Ratis by default, as far as they matter for speed. */
final class NoopSettings {
    private static final int MIB = 1 << 20;

    private NoopSettings() {}

    static RaftProperties of(Path root, Path groups, Member self) {
        RaftProperties properties = new RaftProperties();
        RaftServerConfigKeys.setStorageDir(properties, List.of(groups.toFile()));
        RaftServerConfigKeys.setRemovedGroupsDir(
                properties, root.resolve("removed").toFile());
        RaftServerConfigKeys.setCloseThreshold(properties, TimeDuration.valueOf(1, TimeUnit.DAYS));
        GrpcConfigKeys.Server.setHost(properties, self.host());
        GrpcConfigKeys.Server.setPort(properties, self.port());
        times(properties);
        log(properties);
        sizes(properties);
        return properties;
    }

    private static void times(RaftProperties properties) {
        RaftServerConfigKeys.Rpc.setTimeoutMin(properties, millis(1_000));
        RaftServerConfigKeys.Rpc.setTimeoutMax(properties, millis(2_000));
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, millis(333));
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, millis(666));
        RaftServerConfigKeys.Rpc.setRequestTimeout(properties, millis(3_000));
        RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(properties, millis(10_000));
        RaftServerConfigKeys.RetryCache.setExpiryTime(properties, millis(1_000));
        RaftServerConfigKeys.RetryCache.setStatisticsExpiryTime(properties, millis(1_000));
    }

    private static void log(RaftProperties properties) {
        Log.setLogMetadataEnabled(properties, false);
        Log.setUnsafeFlushEnabled(properties, false);
        Log.setAsyncFlushEnabled(properties, false);
        Log.StateMachineData.setSync(properties, false);
        Log.setSegmentCacheNumMax(properties, 2);
        Log.setPurgeUptoSnapshotIndex(properties, true);
        Log.setPurgePreservationLogNum(properties, 50_000);
        Log.Appender.setWaitTimeMin(properties, TimeDuration.ZERO);
        Log.Appender.setInstallSnapshotEnabled(properties, false);
        RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, true);
        RaftServerConfigKeys.Snapshot.setAutoTriggerThreshold(properties, 50_000);
        RaftServerConfigKeys.Snapshot.setTriggerWhenStopEnabled(properties, false);
    }

    private static void sizes(RaftProperties properties) {
        Log.setSegmentSizeMax(properties, SizeInBytes.valueOf(32L * MIB));
        Log.setPreallocatedSize(properties, SizeInBytes.valueOf(4L * MIB));
        Log.setWriteBufferSize(properties, SizeInBytes.valueOf(9L * MIB));
        Log.Appender.setBufferByteLimit(properties, SizeInBytes.valueOf(8L * MIB));
        GrpcConfigKeys.setMessageSizeMax(properties, SizeInBytes.valueOf(10L * MIB));
        RaftServerConfigKeys.Write.setElementLimit(properties, 4_096);
        RaftServerConfigKeys.Write.setByteLimit(properties, SizeInBytes.valueOf(64L * MIB));
    }

    private static TimeDuration millis(long millis) {
        return TimeDuration.valueOf(millis, TimeUnit.MILLISECONDS);
    }
}
