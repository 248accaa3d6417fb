package io.esdb.raft;

import java.util.concurrent.CompletionStage;

/**
 * Answers what other nodes ask over {@link PeerService}. Called on threads of the service, which it may block a while.
 * The caller learns the message of what it throws, or of what the stage fails with, as {@link PeerFailure.Kind#REFUSED}.
 */
interface PeerHandler {
    /**
     * Answers one request.
     *
     * @param from the member that asks; with TLS, proven by its certificate
     */
    CompletionStage<byte[]> call(String from, byte[] request) throws Exception;

    /** Returns when the last chunk is in the sink. */
    void image(String from, byte[] request, ImageSink sink) throws Exception;
}
