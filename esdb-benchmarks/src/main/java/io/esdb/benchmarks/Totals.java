package io.esdb.benchmarks;

import io.esdb.RecordedEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A fold that costs next to nothing: how many events each of so many keys has, with the keys in no order. */
record Totals(int keys) {
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    String key(RecordedEvent event) {
        return key(event.position());
    }

    /** Neighbours in the log hardly ever share a key, as in a store that many write to. */
    String key(long position) {
        long mixed = position * MIX;
        return "customer-" + Long.remainderUnsigned(mixed ^ mixed >>> 32, keys);
    }

    static Long evolve(@Nullable Long total, RecordedEvent event) {
        return total == null ? 1L : total + 1;
    }

    /** What comes of so many events. */
    Map<String, Long> of(long events) {
        Map<String, Long> totals = new HashMap<>();
        LongStream.range(0, events).forEach(position -> totals.merge(key(position), 1L, Long::sum));
        return totals;
    }
}
