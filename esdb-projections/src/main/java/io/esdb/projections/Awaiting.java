package io.esdb.projections;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.esdb.Registration;
import io.esdb.StoreFailed;
import io.esdb.spi.Question;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Waits until a projection has come to a position, on any node. The place that is stored is what counts; the leader is only
 * told that somebody waits, so that it stores its place also where no event was selected.
 */
record Awaiting(Ledger ledger, Queries queries, Supervisor supervisor, Signal signal) {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    /** As good as for ever. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Question<Wish, Boolean> WAITS = new Question<>(
            "projections.awaited",
            Wish::encode,
            Wish::decode,
            known -> new byte[] {(byte) (known ? 1 : 0)},
            bytes -> bytes[0] == 1);

    /** What somebody waits for. */
    private record Wish(String name, long position) {
        byte[] encode() {
            byte[] text = name.getBytes(UTF_8);
            return ByteBuffer.allocate(Long.BYTES + text.length)
                    .putLong(position)
                    .put(text)
                    .array();
        }

        static Wish decode(byte[] bytes) {
            return new Wish(
                    new String(bytes, Long.BYTES, bytes.length - Long.BYTES, UTF_8),
                    ByteBuffer.wrap(bytes).getLong());
        }
    }

    /** Answers those who wait on other nodes, while this node leads. */
    Registration answer() {
        return ledger.access().answer(WAITS, this::awaited);
    }

    private CompletionStage<Boolean> awaited(Wish wish) {
        Control control = ledger.control(wish.name());
        Runner<?> runner = control == null ? null : supervisor.runner(wish.name(), control.active());
        if (runner != null) {
            runner.gauge().awaited(wish.position());
            runner.wake();
        }
        return CompletableFuture.completedFuture(runner != null);
    }

    void await(String name, long position, Duration timeout) {
        long begun = System.nanoTime();
        long patience = nanos(timeout);
        long askAt = begun;
        while (true) {
            long seen = signal.count();
            long place = place(name, position);
            long left = patience - (System.nanoTime() - begun);
            if (place >= position) {
                return;
            }
            if (signal.isClosed()) {
                throw new ProjectionsClosed(ledger.store().name());
            }
            if (left <= 0) {
                throw new ProjectionBehind(name, position, place, timeout);
            }
            if (System.nanoTime() - askAt >= 0) {
                askAt = System.nanoTime() + ASK_AGAIN.toNanos();
                CompletionStage<Boolean> unused = ledger.access().ask(WAITS, new Wish(name, position));
            }
            pause(name, seen, Duration.ofNanos(Math.min(left, ASK_AGAIN.toNanos())));
        }
    }

    private static long nanos(Duration time) {
        return time.isNegative() ? 0 : (time.compareTo(LONGEST) < 0 ? time : LONGEST).toNanos();
    }

    /** The place of the version that is read, if it is there or goes on. */
    private long place(String name, long wanted) {
        int version = queries.active(name);
        Ledger.Entry entry = ledger.entry(name, version);
        Control control = entry.control();
        Place place = entry.place().value();
        if (control == null || control.active() != version) {
            return -1; // replaced this moment, which was signalled
        }
        if (place.position() >= wanted) {
            return place.position();
        }
        ProjectionFailure failure = place.failure();
        if (failure != null && failure.stopped()) {
            throw new ProjectionStopped(name, failure.reason());
        }
        if (control.mode() != Control.Mode.RUNNING) {
            throw new ProjectionStopped(name, control.reason());
        }
        return place.position();
    }

    private void pause(String name, long seen, Duration patience) {
        try {
            signal.await(seen, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailed(ledger.store().name(), "interrupted while waiting for projection " + name, e);
        }
    }
}
