package io.esdb.storage.rocks.store;

import io.esdb.AppendConditionFailed;
import io.esdb.AppendResult;
import io.esdb.EventStore;
import io.esdb.WrongExpectedRevision;
import io.esdb.storage.rocks.store.Attempt.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One thread that appends, mostly to streams of its own whose revisions it therefore knows, and reports it all. */
final class Worker {
    private static final int OWN_STREAMS = 4;
    private static final int SHARED_STREAMS = 3;
    private static final int WRONG_BY = 1_000_000;

    private final EventStore store;
    private final Reports reports;
    private final Random random;
    private final String tag;
    private final Map<String, Long> heads = new HashMap<>();
    private final List<String> own = new ArrayList<>();
    private long number;
    private long lastPosition = -1;

    Worker(EventStore store, Reports reports, long round, int index, long seed) {
        this.store = store;
        this.reports = reports;
        this.random = new Random(seed * 31 + index);
        this.tag = "worker:" + index;
        this.number = firstNumber(round, index);
        for (int i = 0; i < OWN_STREAMS; i++) {
            own.add("own" + index + "-" + i);
        }
        own.forEach(stream -> heads.put(stream, store.head(stream)));
        lastPosition = store.statistics().lastPosition();
    }

    static long firstNumber(long round, int index) {
        return round << 40 | (long) index << 32;
    }

    void work() {
        try {
            append(attempt(List.of(expected(own.get(0))), Attempt.UNCONDITIONAL, false));
            while (!Thread.currentThread().isInterrupted()) {
                Attempt attempt = next();
                AppendResult result = append(attempt);
                if (result != null && random.nextInt(10) == 0) {
                    retry(attempt, result);
                }
            }
        } catch (RuntimeException e) {
            reports.tell("X " + e);
        }
    }

    private Attempt next() {
        int dice = random.nextInt(100);
        if (dice < 50) {
            return attempt(List.of(expected(oneOwn())), Attempt.UNCONDITIONAL, false);
        } else if (dice < 75) {
            return attempt(severalParts(), Attempt.UNCONDITIONAL, false);
        } else if (dice < 80) {
            return attempt(List.of(wrong(oneOwn())), Attempt.UNCONDITIONAL, true);
        } else if (dice < 85) {
            return attempt(List.of(any(), wrong(oneOwn())), Attempt.UNCONDITIONAL, true);
        } else if (dice < 90) {
            return attempt(List.of(any()), -1, true);
        }
        return attempt(severalParts(), lastPosition, false);
    }

    private AppendResult append(Attempt attempt) {
        reports.tell("S " + attempt);
        try {
            AppendResult result = store.append(attempt.request());
            reports.tell("A " + attempt.number() + " " + Answer.line(result));
            result.streams().forEach(stream -> heads.computeIfPresent(stream.stream(), (name, old) -> stream.last()));
            lastPosition = result.lastPosition();
            return result;
        } catch (WrongExpectedRevision | AppendConditionFailed e) {
            reports.tell((attempt.doomed() ? "R " + attempt.number() : "X " + attempt) + " " + e);
            return null;
        }
    }

    private void retry(Attempt attempt, AppendResult result) {
        AppendResult again = store.append(attempt.request());
        if (!again.equals(result)) {
            reports.tell("X a retry of " + attempt + " got " + again + " after " + result);
        }
    }

    private List<Part> severalParts() {
        List<Part> parts = new ArrayList<>();
        int first = random.nextInt(OWN_STREAMS);
        for (int i = 0; i <= random.nextInt(3); i++) {
            parts.add(expected(own.get((first + i) % OWN_STREAMS)));
        }
        parts.add(random.nextInt(parts.size() + 1), any());
        return parts;
    }

    private Part expected(String stream) {
        return new Part(stream, heads.getOrDefault(stream, -1L), count());
    }

    private Part wrong(String stream) {
        return new Part(stream, heads.getOrDefault(stream, -1L) + WRONG_BY, count());
    }

    private Part any() {
        return new Part("shared-" + random.nextInt(SHARED_STREAMS), Attempt.ANY, count());
    }

    private int count() {
        return 1 + random.nextInt(4);
    }

    private String oneOwn() {
        return own.get(random.nextInt(OWN_STREAMS));
    }

    private Attempt attempt(List<Part> parts, long after, boolean doomed) {
        return new Attempt(number++, parts, tag, after, doomed);
    }
}
