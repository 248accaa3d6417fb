package io.esdb.raft;

import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request that was not answered. It travels beside the status, which alone does not tell: the network
 * and gRPC itself use the same codes.
 */
enum Outcome {
    /** Turned away, or its handler failed. */
    REFUSED,
    /** The handler never got it. */
    UNHANDLED;

    private static final Metadata.Key<String> KEY = Metadata.Key.of("esdb-outcome", Metadata.ASCII_STRING_MARSHALLER);
    private static final int LONGEST_MESSAGE = 1_000;

    Metadata trailers() {
        Metadata trailers = new Metadata();
        trailers.put(KEY, name());
        return trailers;
    }

    StatusRuntimeException failure(Status status, Throwable cause) {
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String description = message.substring(0, Math.min(message.length(), LONGEST_MESSAGE));
        return status.withDescription(description).withCause(cause).asRuntimeException(trailers());
    }

    /** What the other node said, or null if it said nothing. */
    static @Nullable Outcome of(Throwable failure) {
        Metadata trailers = Status.trailersFromThrowable(failure);
        String name = trailers == null ? null : trailers.get(KEY);
        for (Outcome outcome : values()) {
            if (outcome.name().equals(name)) {
                return outcome;
            }
        }
        return null;
    }
}
