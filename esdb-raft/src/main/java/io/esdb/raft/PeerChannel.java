package io.esdb.raft;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.ratis.thirdparty.io.grpc.CallOptions;
import org.apache.ratis.thirdparty.io.grpc.Channel;
import org.apache.ratis.thirdparty.io.grpc.ClientInterceptors;
import org.apache.ratis.thirdparty.io.grpc.ConnectivityState;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.stub.MetadataUtils;

/** The connection to one member. */
final class PeerChannel {
    /** gRPC would wait up to two minutes before it tries again to connect; this long at most while there are requests. */
    private static final long RECONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Member to;
    private final ManagedChannel channel;
    private final Channel named;
    private final LongSupplier nanos;
    private final AtomicLong reconnected;

    /**
     * @param headers go with every request
     * @param nanos a clock like {@link System#nanoTime}
     */
    PeerChannel(Member to, ManagedChannel channel, Metadata headers, LongSupplier nanos) {
        this.to = to;
        this.channel = channel;
        this.nanos = nanos;
        this.reconnected = new AtomicLong(nanos.getAsLong());
        this.named = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** To be called on; a lost connection is made anew without the long wait. */
    Channel open() {
        long last = reconnected.get();
        long now = nanos.getAsLong();
        if (channel.getState(true) == ConnectivityState.TRANSIENT_FAILURE
                && now - last > RECONNECT_NANOS
                && reconnected.compareAndSet(last, now)) {
            channel.resetConnectBackoff();
        }
        return named;
    }

    static CallOptions options(SentMark sent) {
        return CallOptions.DEFAULT.withStreamTracerFactory(sent);
    }

    PeerFailure failure(SentMark sent, Throwable failure) {
        Status status = Status.fromThrowable(failure);
        return new PeerFailure(kind(sent, failure), describe(status), failure);
    }

    /** A failure of this side, about a request that may have been handled. */
    PeerFailure unknown(String what, Throwable cause) {
        return new PeerFailure(PeerFailure.Kind.UNKNOWN, name() + ": " + what, cause);
    }

    private static PeerFailure.Kind kind(SentMark sent, Throwable failure) {
        Outcome outcome = Outcome.of(failure);
        if (outcome == Outcome.REFUSED) {
            return PeerFailure.Kind.REFUSED;
        }
        return outcome == Outcome.UNHANDLED || !sent.given() ? PeerFailure.Kind.NEVER_SENT : PeerFailure.Kind.UNKNOWN;
    }

    private String describe(Status status) {
        String message = name() + ": " + (status.getDescription() == null ? status.getCode() : status.getDescription());
        Throwable root = status.getCause();
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        return root == null || root.getMessage() == null ? message : message + ": " + root.getMessage();
    }

    private String name() {
        return "member '" + to.name() + "' at " + to.address();
    }

    void close() {
        channel.shutdownNow();
    }
}
