package io.esdb.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Commands on their way to the writer. It is bounded by whoever lets commands in. */
final class Inbox {
    static final int MOST_COMMANDS = 1_024;
    static final long MOST_BYTES = 1 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Letter> letters = new ArrayDeque<>();
    private boolean closed;

    /** False if the inbox is closed; the letter was not taken then. */
    boolean add(Letter letter) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            letters.add(letter);
            if (letters.size() == 1) {
                arrived.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for letters and takes as many as one batch may hold; empty once the inbox is closed and drained. */
    List<Letter> take() {
        lock.lock();
        try {
            while (letters.isEmpty() && !closed) {
                arrived.awaitUninterruptibly();
            }
            List<Letter> taken = new ArrayList<>();
            long bytes = 0;
            while (!letters.isEmpty() && taken.size() < MOST_COMMANDS && bytes < MOST_BYTES) {
                Letter letter = letters.remove();
                bytes += letter.command().length;
                taken.add(letter);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    record Letter(byte[] command, CompletableFuture<byte[]> reply) {
        Letter(byte[] command) {
            this(command, new CompletableFuture<>());
        }
    }
}
