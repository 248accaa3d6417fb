package io.esdb.examples.history;

import io.esdb.EventStore;
import io.esdb.StoreOptions;
import io.esdb.examples.Retry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Replays a history part by part into a store that may be unavailable now and then, for programs that do other things
 * meanwhile. One thread at a time.
 */
public final class ReplayInParts {
    private final Replay replay;
    private final Retry retry;

    /** @param patience how long an append is repeated before it counts as failed */
    public ReplayInParts(EventStore store, Duration patience) {
        this.retry = Retry.within(patience);
        this.replay = new Replay(store, request -> retry.untilAnswered(() -> store.append(request)));
    }

    /** The options that a store needs to take any history. */
    public static StoreOptions options() {
        return HistoryReplay.OPTIONS;
    }

    /**
     * How much there is to replay.
     *
     * @param history a file, or - for the bundled one
     */
    public static Size sizeOf(String history) throws IOException {
        long[] size = new long[2];
        HistoryReplay.history(history).forEach(commit -> {
            size[0]++;
            size[1] += commit.changes().size();
        });
        return new Size(size[0], size[1]);
    }

    /**
     * Appends some of the commits.
     *
     * @param from the first one's number, counting from 0
     * @param to the number after the last one's
     */
    public void append(String history, long from, long to) throws IOException {
        long[] number = new long[1];
        HistoryReplay.history(history).forEach(commit -> {
            if (number[0] >= from && number[0] < to) {
                replay.append(commit);
            }
            number[0]++;
        });
    }

    /** How many appends had to be repeated because there was no answer. */
    public long retries() {
        return retry.repeated();
    }

    /**
     * Everything in a store that is not as it should be after the whole history was replayed.
     *
     * @param tree a file, or - for the bundled one
     */
    public static List<String> check(EventStore store, String tree, long events) throws IOException {
        return Verification.of(store, events, HistoryReplay.tree(tree)).problems();
    }

    /**
     * The size of a history.
     *
     * @param commits how many
     * @param events that they have
     */
    public record Size(long commits, long events) {}
}
