package io.esdb.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.ratis.statemachine.StateMachine;

/** Keeps a {@link LogMark} in step with what Ratis does to its log; a state machine's {@code data()}. */
final class MarkedLog implements StateMachine.DataApi {
    private final LogMark mark;

    MarkedLog(LogMark mark) {
        this.mark = mark;
    }

    @Override
    public CompletableFuture<Void> flush(long lastWritten) {
        return new MarkingFlush(mark, lastWritten);
    }

    @Override
    public CompletableFuture<Void> truncate(long firstDropped) {
        try {
            mark.truncating(firstDropped - 1);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lower the mark of the log to " + (firstDropped - 1), e);
        }
        return new Truncation(mark);
    }

    /** Ratis calls get() when the entries are gone from the files. */
    private static final class Truncation extends CompletableFuture<Void> {
        private final LogMark mark;

        Truncation(LogMark mark) {
            this.mark = mark;
        }

        @Override
        public Void get() throws InterruptedException, ExecutionException {
            mark.truncated();
            complete(null);
            return super.get();
        }
    }
}
