package io.esdb.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.jspecify.annotations.Nullable;

/** The node's way to the others: requests of our own beside those of Ratis, over the same port and the same TLS. */
final class Transport implements Peers, AutoCloseable {
    private final RaftOptions options;
    private final VoteSync votes;
    private final GroupGate gate;
    private final AckGuard acks;
    private final PeerChannels channels;
    private volatile @Nullable PeerHandler handler;
    private volatile @Nullable PeerService service;

    Transport(RaftOptions options, VoteSync votes, GroupGate gate, AckGuard acks) {
        this.options = options;
        this.votes = votes;
        this.gate = gate;
        this.acks = acks;
        this.channels = new PeerChannels(options);
    }

    /** What answers, from now on. */
    void serve(PeerHandler desk) {
        handler = desk;
    }

    /** Adds what Ratis has to know for a server that is about to start. */
    Parameters parameters(Parameters parameters) {
        Tls tls = options.tls();
        if (tls != null) {
            GrpcConfigKeys.TLS.setConf(parameters, tls.config());
        }
        closeService();
        PeerService fresh = new PeerService(options, handler());
        service = fresh;
        GrpcConfigKeys.Server.setServicesCustomizer(
                parameters,
                (builder, types) ->
                        fresh.addTo(builder.intercept(acks).intercept(gate)).intercept(votes.interceptor()));
        return parameters;
    }

    /** Refuses an address that may not be used, or is. */
    void checkAddress() throws IOException {
        PortCheck.check(options);
    }

    PeerChannels channels() {
        return channels;
    }

    @Override
    public CompletableFuture<PeerAnswer> send(Member to, PeerRequest request, Duration deadline) {
        byte[] bytes = PeerCodec.encode(request);
        if (!to.equals(options.self())) { // another node may be a member of this name
            return channels.call(to, bytes, deadline).thenApply(PeerCodec::answer);
        }
        try {
            CompletionStage<byte[]> answer = handler().call(to.name(), bytes);
            return answer.toCompletableFuture().thenApply(PeerCodec::answer);
        } catch (Exception e) {
            return CompletableFuture.failedFuture(
                    new PeerFailure(PeerFailure.Kind.REFUSED, String.valueOf(e.getMessage()), e));
        }
    }

    private PeerHandler handler() {
        PeerHandler now = handler;
        if (now == null) {
            throw new IllegalStateException("nobody answers yet");
        }
        return now;
    }

    private void closeService() {
        PeerService old = service;
        if (old != null) {
            old.close();
        }
    }

    @Override
    public void close() {
        closeService();
        channels.close();
    }
}
