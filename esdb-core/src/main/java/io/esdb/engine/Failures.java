package io.esdb.engine;

import io.esdb.EsdbException;
import io.esdb.IndeterminateAppend;
import io.esdb.QuestionFailed;
import io.esdb.StoreClosed;
import io.esdb.StoreCorrupt;
import io.esdb.StoreFailed;
import io.esdb.StoreLocked;
import io.esdb.StoreTooNew;
import io.esdb.StoreUnavailable;
import io.esdb.format.FormatException;
import io.esdb.spi.StorageException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** The one edge where failures of the storage, the formats and the log become what users catch. */
public final class Failures {
    private Failures() {}

    /** Runs a read or an opening and turns what goes wrong into what users catch. */
    public static <T> T translated(String store, Supplier<T> work) {
        try {
            return work.get();
        } catch (StorageException | FormatException e) {
            throw ofRead(store, e);
        }
    }

    /** What became of a read or an opening. */
    static EsdbException ofRead(String store, RuntimeException failure) {
        if (failure instanceof StorageException e) {
            return switch (e.kind()) {
                case CORRUPT -> new StoreCorrupt(store, message(e), e);
                case LOCKED -> new StoreLocked(store, message(e), e);
                case TOO_NEW -> new StoreTooNew(store, message(e), e);
                case CLOSED -> new StoreClosed(store);
                case FULL, UNAVAILABLE -> new StoreUnavailable(store, message(e), e);
                case IO -> new StoreFailed(store, message(e), e);
            };
        }
        return new StoreCorrupt(store, message(failure), failure);
    }

    /** What became of a write whose stage ended so. */
    static EsdbException ofWrite(String store, Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof StorageException e) {
            return switch (e.kind()) {
                case UNAVAILABLE -> new StoreUnavailable(store, message(e), e);
                case CLOSED -> new StoreClosed(store);
                default -> new IndeterminateAppend(store, message(e), e);
            };
        }
        if (cause instanceof EsdbException e) {
            return e;
        }
        return new IndeterminateAppend(store, "an unforeseen failure: " + cause, cause);
    }

    /** What became of a question whose stage ended so. */
    static EsdbException ofQuestion(String store, Throwable failure) {
        Throwable cause = unwrapped(failure);
        return cause instanceof EsdbException e ? e : new QuestionFailed(store, String.valueOf(cause));
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapper && cause != null ? unwrapped(cause) : failure;
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }
}
