package io.esdb.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long the log was at least at each moment, by what clients were told until then. All facts are added before the
 * first question. One thread at a time.
 */
final class Knowledge {
    private static final Comparator<Fact> BY_TIME = Comparator.comparingLong(Fact::time);

    /** From this time on the log had at least this length, as the end of the operation showed. */
    record Fact(long time, long length, @Nullable Operation source) {}

    private static final Fact NOTHING = new Fact(Long.MIN_VALUE, 0, null);

    private final List<Fact> facts = new ArrayList<>();
    private boolean sorted;

    void add(Operation operation, long length) {
        if (operation.ended() != Operation.NEVER) {
            facts.add(new Fact(operation.ended(), length, operation));
            sorted = false;
        }
    }

    /** The most that was known before this moment. */
    Fact before(long time) {
        sort();
        int low = 0;
        int high = facts.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (facts.get(middle).time() < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? NOTHING : facts.get(low - 1);
    }

    /** Leaves in each place the largest length up to there. */
    private void sort() {
        if (sorted) {
            return;
        }
        facts.sort(BY_TIME);
        Fact most = NOTHING;
        for (int i = 0; i < facts.size(); i++) {
            Fact fact = facts.get(i);
            if (fact.length() > most.length()) {
                most = fact;
            }
            facts.set(i, new Fact(fact.time(), most.length(), most.source()));
        }
        sorted = true;
    }
}
