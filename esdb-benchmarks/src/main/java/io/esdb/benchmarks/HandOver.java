package io.esdb.benchmarks;

import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Hears of appends from their caller, by a queue: what a hand-over from thread to thread costs here and now. */
final class HandOver implements Listening {
    private static final long END = -1;

    private @Nullable Runner running;

    @Override
    public void start(Handler handler) {
        close();
        running = new Runner(handler);
        running.start();
    }

    @Override
    public void answered(long position) {
        if (running != null) {
            running.positions.add(position);
        }
    }

    @Override
    public void close() {
        if (running != null) {
            running.positions.add(END);
        }
    }

    private static final class Runner extends Thread {
        private final LinkedBlockingQueue<Long> positions = new LinkedBlockingQueue<>();
        private final Handler handler;

        Runner(Handler handler) {
            super("hand-over");
            this.handler = handler;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                for (long position = positions.take(); position != END; position = positions.take()) {
                    handler.arrived(position);
                }
            } catch (InterruptedException e) {
                interrupt();
            }
        }
    }
}
