package io.esdb.raft;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.StatusException;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.grpc.stub.BlockingClientCall;
import org.apache.ratis.thirdparty.io.grpc.stub.ClientCalls;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelOption;

/** Requests to other nodes, over connections that are made when they are first needed and then kept. */
final class PeerChannels implements AutoCloseable {
    /** How often a connection that waits for an answer is probed; the server must permit it. */
    static final int KEEP_ALIVE_SECONDS = 10;

    private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 5;
    private static final int CONNECT_TIMEOUT_MILLIS = 3_000;
    private static final int FLOW_CONTROL_WINDOW = 1 << 20;
    private static final int FRAMING = 1 << 20;

    private final RaftOptions options;
    private final Map<Member, PeerChannel> channels = new HashMap<>();
    private boolean closed;

    PeerChannels(RaftOptions options) {
        this.options = options;
    }

    /**
     * Asks a member.
     *
     * @return the answer, on a thread of the network: what depends on it must not block. Fails with {@link PeerFailure}
     */
    CompletableFuture<byte[]> call(Member to, byte[] request, Duration deadline) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        SentMark sent = new SentMark();
        try {
            PeerChannel channel = channel(to);
            ClientCalls.asyncUnaryCall(
                    channel.open()
                            .newCall(
                                    PeerMethods.CALL,
                                    PeerChannel.options(sent)
                                            .withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS)),
                    request,
                    new Reply(answer, channel, sent));
        } catch (PeerFailure e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    /**
     * Brings an image; returns when the consumer has taken the last chunk. While the consumer works, the sender waits.
     *
     * @param idle how long no chunk may come
     * @throws PeerFailure if the member does not send, or not all
     * @throws InterruptedIOException if the thread was interrupted, whose flag stays set
     * @throws IOException what the consumer threw
     */
    void image(Member from, byte[] request, Duration idle, ChunkConsumer consumer) throws IOException {
        PeerChannel channel = channel(from);
        SentMark sent = new SentMark();
        BlockingClientCall<byte[], byte[]> call = ClientCalls.blockingV2ServerStreamingCall(
                channel.open(), PeerMethods.IMAGE, PeerChannel.options(sent), request);
        try {
            byte[] chunk = call.read(idle.toNanos(), TimeUnit.NANOSECONDS);
            while (chunk != null) {
                consumer.accept(chunk);
                chunk = call.read(idle.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (StatusException e) {
            throw channel.failure(sent, e);
        } catch (TimeoutException e) {
            throw channel.unknown("no chunk came for " + idle, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while an image came").initCause(e);
        } finally {
            call.cancel("no longer wanted", null); // has no effect if all came
        }
    }

    private synchronized PeerChannel channel(Member to) throws PeerFailure {
        if (closed) {
            throw new PeerFailure(PeerFailure.Kind.NEVER_SENT, "this node is closing", null);
        }
        return channels.computeIfAbsent(
                to, member -> new PeerChannel(member, connect(member), headers(), System::nanoTime));
    }

    private ManagedChannel connect(Member to) {
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(to.host(), to.port())
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .flowControlWindow(FLOW_CONTROL_WINDOW)
                .maxInboundMessageSize(options.entryBytes() + 2 * FRAMING)
                .proxyDetector(address -> null)
                .disableRetry();
        return options.tls() == null
                ? builder.usePlaintext().build()
                : builder.sslContext(options.tls().connectionTo(to.name())).build();
    }

    private Metadata headers() {
        Metadata headers = new Metadata();
        headers.put(PeerMethods.FROM, options.self().name());
        headers.put(PeerMethods.CLUSTER, options.cluster().getBytes(StandardCharsets.UTF_8));
        return headers;
    }

    @Override
    public synchronized void close() {
        closed = true;
        channels.values().forEach(PeerChannel::close);
        channels.clear();
    }

    private record Reply(CompletableFuture<byte[]> answer, PeerChannel channel, SentMark sent)
            implements StreamObserver<byte[]> {
        @Override
        public void onNext(byte[] value) {
            answer.complete(value);
        }

        @Override
        public void onError(Throwable failure) {
            answer.completeExceptionally(channel.failure(sent, failure));
        }

        @Override
        public void onCompleted() {}
    }
}
