package io.esdb.raft;

import java.io.IOException;

/** Takes the chunks of an image as they come; while it works, the sender waits. */
@FunctionalInterface
interface ChunkConsumer {
    void accept(byte[] chunk) throws IOException;
}
