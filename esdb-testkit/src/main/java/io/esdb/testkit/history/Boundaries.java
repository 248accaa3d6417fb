package io.esdb.testkit.history;

import io.esdb.AppendResult;
import java.util.Arrays;

/** The lengths that the log has had: it grows by whole appends, so the lengths inside one never were. */
final class Boundaries {
    private final long[] whole;

    Boundaries(FinalLog log, SentAppends appends) {
        whole = new long[(int) log.length() + 1];
        Arrays.setAll(whole, length -> length);
        for (SentAppend append : appends.all()) {
            AppendResult place = append.place();
            if (place != null) {
                Arrays.fill(
                        whole,
                        (int) place.firstPosition() + 1,
                        (int) place.lastPosition() + 1,
                        place.lastPosition() + 1);
            }
        }
    }

    boolean isWhole(long length) {
        return length >= 0 && whole[(int) length] == length;
    }

    /** The range from the first length in it that the log has had; empty if there is none. */
    Lengths within(Lengths lengths) {
        return lengths.isEmpty() ? Lengths.NONE : new Lengths(whole[(int) lengths.least()], lengths.most());
    }
}
