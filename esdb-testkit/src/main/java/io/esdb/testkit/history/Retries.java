package io.esdb.testkit.history;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The appends that a client will send again, each after some more requests of its own. */
final class Retries {
    private static final int MOST_REQUESTS_BETWEEN = 40;

    private record Later(Request.Append retry, long due) {}

    private final List<Later> waiting = new ArrayList<>();
    private final Random random;
    private long requests;

    Retries(Random random) {
        this.random = random;
    }

    /** The append that is due now, or null. Called once for each request. */
    Request.@Nullable Append next() {
        requests++;
        for (Iterator<Later> each = waiting.iterator(); each.hasNext(); ) {
            Later later = each.next();
            if (later.due <= requests) {
                each.remove();
                return later.retry;
            }
        }
        return null;
    }

    /** Some appends whose fate is unknown stay so; some that were acknowledged are sent again all the same. */
    void learn(Request.Append sent, Outcome outcome) {
        if (isWanted(sent, outcome)) {
            long due = requests + 1 + random.nextInt(MOST_REQUESTS_BETWEEN);
            waiting.add(new Later(new Request.Append(sent.request(), true), due));
        }
    }

    private boolean isWanted(Request.Append sent, Outcome outcome) {
        if (outcome instanceof Outcome.Unknown) {
            return random.nextInt(4) > 0;
        }
        return outcome instanceof Outcome.Appended
                ? random.nextInt(6) == 0
                : sent.retry() && outcome instanceof Outcome.NotDone;
    }
}
