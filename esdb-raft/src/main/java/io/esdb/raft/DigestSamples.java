package io.esdb.raft;

import io.esdb.spi.LogState;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Digests of the state at some indexes, the same on every node, to be compared with other nodes'. */
final class DigestSamples {
    private static final int EVERY = 1_024;
    private static final int KEPT = 64;

    private final TreeMap<Long, byte[]> samples = new TreeMap<>();

    static boolean isSampled(long index) {
        return index % EVERY == EVERY - 1;
    }

    synchronized void add(LogState state) {
        if (isSampled(state.applied().index())) {
            samples.put(state.applied().index(), state.digest());
            while (samples.size() > KEPT) {
                samples.pollFirstEntry();
            }
        }
    }

    synchronized Optional<byte[]> at(long index) {
        return Optional.ofNullable(samples.get(index));
    }

    /** The newest, if there is one. */
    synchronized Optional<Map.Entry<Long, byte[]>> newest() {
        return Optional.ofNullable(samples.lastEntry());
    }
}
