package io.esdb.raft;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerServiceDefinition;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;
import org.apache.ratis.thirdparty.io.grpc.stub.ServerCallStreamObserver;
import org.apache.ratis.thirdparty.io.grpc.stub.ServerCalls;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/**
 * Our own service on the port of Ratis, and the guard of that port. Requests are handled on threads of its own, never
 * on those of the network; images have theirs apart, so that they hold up nothing else.
 */
final class PeerService implements AutoCloseable {
    private static final int CALLS_AT_ONCE = 16;
    private static final int CALLS_WAITING = 1_024;
    private static final int IMAGES_AT_ONCE = 4;
    private static final int IMAGES_WAITING = 16;

    private final RaftOptions options;
    private final PeerHandler handler;
    private final ExecutorService calls;
    private final ExecutorService images;

    /** @throws io.esdb.InvalidInput if this node's certificate is for another member */
    PeerService(RaftOptions options, PeerHandler handler) {
        if (options.tls() != null) {
            options.tls().mustName(options.self());
        }
        this.options = options;
        this.handler = handler;
        String name = "esdb-raft-" + options.self().name();
        this.calls = RaftThreads.pool(name + "-call", CALLS_AT_ONCE, CALLS_WAITING);
        this.images = RaftThreads.pool(name + "-image", IMAGES_AT_ONCE, IMAGES_WAITING);
    }

    /** Adds the service, and what guards it and all other services of the server. */
    NettyServerBuilder addTo(NettyServerBuilder builder) {
        builder.addService(definition());
        builder.permitKeepAliveTime(PeerChannels.KEEP_ALIVE_SECONDS / 2, TimeUnit.SECONDS);
        builder.intercept(new MemberGuard(options.cluster(), options.tls() != null));
        if (!options.network().equals(NetworkFilter.ALL_OPEN)) {
            builder.intercept(new FilteredCalls(options.self().name(), options.network()));
        }
        return builder;
    }

    private ServerServiceDefinition definition() {
        return ServerServiceDefinition.builder(PeerMethods.SERVICE)
                .addMethod(
                        PeerMethods.CALL,
                        (call, headers) -> ServerCalls.<byte[], byte[]>asyncUnaryCall(
                                        (request, reply) -> call(from(headers), request, observer(reply)))
                                .startCall(call, headers))
                .addMethod(
                        PeerMethods.IMAGE,
                        (call, headers) -> ServerCalls.<byte[], byte[]>asyncServerStreamingCall(
                                        (request, reply) -> image(from(headers), request, observer(reply)))
                                .startCall(call, headers))
                .build();
    }

    private void call(String from, byte[] request, ServerCallStreamObserver<byte[]> reply) {
        reply.setOnCancelHandler(() -> {}); // else a reply that comes too late would be an exception
        execute(
                calls,
                reply,
                () -> handler.call(from, request).whenComplete((answer, failure) -> {
                    if (failure == null) {
                        reply.onNext(answer);
                        reply.onCompleted();
                    } else {
                        refuse(reply, failure);
                    }
                }));
    }

    private void image(String from, byte[] request, ServerCallStreamObserver<byte[]> reply) {
        ImageStream stream = new ImageStream(reply);
        execute(images, reply, () -> {
            handler.image(from, request, stream);
            reply.onCompleted();
        });
    }

    private static void execute(ExecutorService threads, ServerCallStreamObserver<byte[]> reply, Task task) {
        try {
            threads.execute(() -> run(reply, task));
        } catch (RejectedExecutionException e) {
            Status overloaded = Status.RESOURCE_EXHAUSTED;
            reply.onError(Outcome.UNHANDLED.failure(
                    overloaded, new IllegalStateException("too many requests are waiting, or the node is closing")));
        }
    }

    private static void run(ServerCallStreamObserver<byte[]> reply, Task task) {
        if (reply.isCancelled()) {
            return; // nobody waits for it any longer
        }
        try {
            task.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            refuse(reply, e);
        } catch (Exception e) {
            refuse(reply, e);
        }
    }

    private static void refuse(ServerCallStreamObserver<byte[]> reply, Throwable failure) {
        if (!reply.isCancelled()) {
            reply.onError(Outcome.REFUSED.failure(Status.ABORTED, Waiting.unwrapped(failure)));
        }
    }

    private static String from(Metadata headers) {
        return String.valueOf(headers.get(PeerMethods.FROM)); // never null here: MemberGuard has looked
    }

    private static ServerCallStreamObserver<byte[]> observer(StreamObserver<byte[]> reply) {
        return (ServerCallStreamObserver<byte[]>) reply;
    }

    @Override
    public void close() {
        calls.shutdownNow();
        images.shutdownNow();
    }

    /** Work on a request. */
    @FunctionalInterface
    private interface Task {
        void run() throws Exception;
    }
}
