package io.esdb.examples;

import io.esdb.EsdbException;
import java.util.function.Supplier;

/**
 * Reads, decides and appends again when somebody else's append came in between. That is safe because the refused
 * append wrote nothing, and it gets on because an append is only ever refused where another one succeeded.
 */
public final class Retry {
    private static final int MOST_ATTEMPTS = 1_000;

    private Retry() {}

    /**
     * The result of the first attempt that meets no conflict.
     *
     * @param conflict what to try again after; every other failure is passed on at once
     * @param attempt reads and decides anew each time
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
}
