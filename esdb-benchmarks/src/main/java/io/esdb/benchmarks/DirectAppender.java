package io.esdb.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Each caller commits its own append: one after the other, or all at once where the peer can. */
final class DirectAppender implements Appender {
    private final Peer peer;
    private final boolean concurrent;
    private final Lock lock = new ReentrantLock();

    private DirectAppender(Peer peer, boolean concurrent) {
        this.peer = peer;
        this.concurrent = concurrent;
    }

    static DirectAppender oneAtATime(Peer peer) {
        return new DirectAppender(peer, false);
    }

    static DirectAppender allAtOnce(Peer peer) {
        return new DirectAppender(peer, true);
    }

    @Override
    public void append(SampleAppend append) throws Exception {
        if (concurrent) {
            peer.commit(List.of(append));
            return;
        }
        lock.lock();
        try {
            peer.commit(List.of(append));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long events() throws Exception {
        return peer.events();
    }

    @Override
    public long lastRevision(long stream) throws Exception {
        return peer.lastRevision(stream);
    }

    @Override
    public void close() throws IOException {
        peer.close();
    }
}
