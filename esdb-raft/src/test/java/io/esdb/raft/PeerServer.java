package io.esdb.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.ratis.grpc.GrpcUtil;
import org.apache.ratis.thirdparty.io.grpc.BindableService;
import org.apache.ratis.thirdparty.io.grpc.Server;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;

/** A member that offers the service of peers, without Ratis. */
final class PeerServer implements AutoCloseable {
    private final String name;
    private final PeerService service;
    private final Server server;

    private PeerServer(String name, PeerService service, Server server) {
        this.name = name;
        this.service = service;
        this.server = server;
    }

    static PeerServer start(RaftOptions options, PeerHandler handler, BindableService... others) {
        return start(0, options, handler, others);
    }

    static PeerServer start(int port, RaftOptions options, PeerHandler handler, BindableService... others) {
        PeerService service = new PeerService(options, handler);
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        if (options.tls() != null) {
            builder.sslContext(GrpcUtil.buildSslContextForServer(options.tls().config()));
        }
        for (BindableService other : others) {
            builder.addService(other);
        }
        try {
            return new PeerServer(
                    options.self().name(),
                    service,
                    service.addTo(builder).build().start());
        } catch (IOException e) {
            service.close();
            throw new UncheckedIOException(e);
        }
    }

    /** A member of cluster "c"; its own port is no matter here. */
    static RaftOptions options(String name) {
        return options(name, "c");
    }

    static RaftOptions options(String name, String cluster) {
        Member self = new Member(name, "127.0.0.1", 1);
        return RaftOptions.of(cluster, self, List.of(self));
    }

    /** Where others reach it. */
    Member member() {
        return new Member(name, "127.0.0.1", server.getPort());
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        service.close();
    }

    /** Answers calls only. */
    @FunctionalInterface
    interface Calls extends PeerHandler {
        @Override
        default void image(String from, byte[] request, ImageSink sink) {
            throw new UnsupportedOperationException();
        }
    }

    /** Sends images only. */
    @FunctionalInterface
    interface Images extends PeerHandler {
        @Override
        default CompletionStage<byte[]> call(String from, byte[] request) {
            return CompletableFuture.failedFuture(new UnsupportedOperationException());
        }
    }

    /** Answers with what it was asked. */
    static PeerHandler echo() {
        return (Calls) (from, request) -> CompletableFuture.completedFuture(request);
    }
}
