package io.esdb.examples;

import io.esdb.EsdbException;
import io.esdb.IndeterminateAppend;
import io.esdb.StoreOverloaded;
import io.esdb.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The two reasons to try again: somebody else was faster, or there was no answer. */
public final class Retry {
    private static final int MOST_ATTEMPTS = 1_000;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Duration patience;
    private long repeated;

    private Retry(Duration patience) {
        this.patience = patience;
    }

    /**
     * Reads, decides and appends again when somebody else's append came in between. That is safe because the refused
     * append wrote nothing, and it gets on because an append is only ever refused where another one succeeded.
     *
     * @param conflict what to try again after; every other failure is passed on at once
     * @param attempt reads and decides anew each time
     * @return the result of the first attempt that meets no conflict
     * @throws EsdbException the last conflict, after 1,000 attempts
     */
    public static <T> T on(Class<? extends EsdbException> conflict, Supplier<T> attempt) {
        for (int attempts = 1; ; attempts++) {
            try {
                return attempt.get();
            } catch (EsdbException e) {
                if (!conflict.isInstance(e) || attempts == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Repeats appends that got no answer for so long, each. */
    public static Retry within(Duration patience) {
        return new Retry(patience);
    }

    /**
     * Repeats an append while the store takes none, or does not know whether it was written. That is safe because the
     * events keep their ids: the store answers with the first result if it was written before.
     *
     * @param attempt appends the same events each time
     * @throws EsdbException every other failure, at once; and the last one when the time is over
     */
    public <T> T untilAnswered(Supplier<T> attempt) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return attempt.get();
            } catch (StoreUnavailable | IndeterminateAppend | StoreOverloaded e) {
                if (System.nanoTime() - end >= 0) {
                    throw e;
                }
                repeated++;
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** How many attempts were repeated. */
    public long repeated() {
        return repeated;
    }
}
