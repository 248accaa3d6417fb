package io.esdb.raft;

import io.esdb.spi.LogIndex;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a store needs of its node when something is wrong. Both return at once. */
interface NodeDuties {
    /** The Raft server must be started anew, since one of its logs or groups has failed for good. */
    void restartServer(String reason, @Nullable Throwable cause);

    /** Brings an image from a member and installs it. */
    CompletableFuture<LogIndex> fetchImage(OpenStore store, Member leader, long first);
}
