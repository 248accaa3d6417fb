package io.esdb.raft;

import java.io.IOException;

/** Takes the chunks of an image, in order, from one thread. */
@FunctionalInterface
interface ImageSink {
    /**
     * Returns when there is room for more. The chunk is not copied and must not be changed afterwards.
     *
     * @throws IOException if the receiver has gone
     */
    void send(byte[] chunk) throws IOException, InterruptedException;
}
