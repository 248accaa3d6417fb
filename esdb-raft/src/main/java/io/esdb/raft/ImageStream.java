package io.esdb.raft;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.thirdparty.io.grpc.stub.ServerCallStreamObserver;

/** Sends the chunks of an image as fast as the receiver takes them; at most one chunk waits here. */
final class ImageStream implements ImageSink {
    /** A wake-up is never missed; looking now and then costs nothing beside a file transfer. */
    private static final int LOOK_AGAIN_MILLIS = 1_000;

    private final ServerCallStreamObserver<byte[]> receiver;
    private final Semaphore changes = new Semaphore(0);

    /** Must be made before the call that the receiver belongs to is handed to another thread. */
    ImageStream(ServerCallStreamObserver<byte[]> receiver) {
        this.receiver = receiver;
        receiver.setOnReadyHandler(changes::release);
        receiver.setOnCancelHandler(changes::release);
    }

    @Override
    public void send(byte[] chunk) throws IOException, InterruptedException {
        while (!receiver.isReady() && !receiver.isCancelled()) {
            if (changes.tryAcquire(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                changes.drainPermits();
            }
        }
        if (receiver.isCancelled()) {
            throw new IOException("the receiver has gone");
        }
        receiver.onNext(chunk);
    }
}
