package io.esdb.raft;

import io.esdb.spi.LogIndex;
import java.util.concurrent.CompletableFuture;

/** Does nothing about what happens to a group. */
final class DeafGroup implements GroupEvents {
    @Override
    public void leaderChanged(String leader) {}

    @Override
    public void leaderReady() {}

    @Override
    public void logFailed(Throwable cause) {}

    @Override
    public CompletableFuture<LogIndex> imageWanted(Member leader, long first) {
        return new CompletableFuture<>();
    }
}
