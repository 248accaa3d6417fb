package io.esdb.raft;

import io.esdb.spi.CommandLog;
import io.esdb.spi.LogConsumer;
import io.esdb.testkit.CommandLogContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The log of a cluster of one, which leads itself. */
class LoneCommandLogTest extends CommandLogContract {
    private RaftNode node;

    @Override
    protected CommandLog start(Path folder, LogConsumer consumer, Duration timeout) throws Exception {
        Member self = new Member("n1", "127.0.0.1", PeerCallsTest.freePort());
        node = RaftNode.start(folder, RaftOptions.of("c", self, List.of(self)));
        CommandLog log = node.start("store", folder.resolve("store"), timeout, consumer);
        log.barrier().toCompletableFuture().get(20, TimeUnit.SECONDS);
        return log;
    }

    @Override
    protected void stop() {
        node.close();
    }
}
