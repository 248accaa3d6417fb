package io.esdb.raft;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/** Counts replies, and completes with the status at their end. */
final class Replies<R> implements StreamObserver<R> {
    final AtomicInteger count = new AtomicInteger();
    final CompletableFuture<Status> end = new CompletableFuture<>();

    /** Waits for the end. */
    Status status() {
        return end.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void onNext(R reply) {
        count.incrementAndGet();
    }

    @Override
    public void onError(Throwable failure) {
        end.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        end.complete(Status.OK);
    }
}
