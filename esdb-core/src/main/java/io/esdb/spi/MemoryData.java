package io.esdb.spi;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one storage in memory holds, with the versions that views and a possible crash still need. Views read the
 * spaces without a lock; everything else is under the lock of this object.
 */
final class MemoryData {
    private final MemorySpace log = new MemorySpace();
    private final Map<Branch, MemorySpace> tree = new EnumMap<>(Branch.class);
    private final TreeMap<Long, Integer> pins = new TreeMap<>();
    private final Queue<Superseded> superseded = new ArrayDeque<>();
    private long commit;
    private long synced;

    MemoryData() {
        for (Branch branch : Branch.values()) {
            tree.put(branch, new MemorySpace());
        }
        pins.put(synced, 1);
    }

    static byte[] keyOf(long position) {
        return ByteBuffer.allocate(Long.BYTES).putLong(position).array();
    }

    MemorySpace log() {
        return log;
    }

    MemorySpace branch(Branch branch) {
        MemorySpace space = tree.get(branch);
        if (space == null) {
            throw new IllegalArgumentException("no such branch: " + branch);
        }
        return space;
    }

    synchronized void commit(WriteBatch batch, boolean sync) {
        long next = commit + 1;
        batch.replay(new Writer(next));
        commit = next;
        if (sync) {
            sync();
        }
        prune();
    }

    /** Makes the present state the one that a crash leaves behind. */
    synchronized void sync() {
        move(synced, commit);
        synced = commit;
        prune();
    }

    /** Goes back to the state of the last sync. There must be no views. */
    synchronized void crash() {
        log.rollBack(synced);
        tree.values().forEach(space -> space.rollBack(synced));
        superseded.clear();
        commit = synced;
    }

    /** Keeps the present state readable until {@link #unpin}; the answer names it. */
    synchronized long pin() {
        pins.merge(commit, 1, Integer::sum);
        return commit;
    }

    synchronized void unpin(long pinned) {
        move(pinned, null);
        prune();
    }

    /** A copy of the present state. */
    MemoryData copy() {
        long pinned = pin();
        try {
            MemoryData copy = new MemoryData();
            log.copyTo(copy.log, pinned);
            tree.forEach((branch, space) -> space.copyTo(copy.branch(branch), pinned));
            return copy;
        } finally {
            unpin(pinned);
        }
    }

    /** How many versions are kept of all keys. */
    int versions() {
        return log.versions()
                + tree.values().stream().mapToInt(MemorySpace::versions).sum();
    }

    private void move(long from, @Nullable Long to) {
        pins.merge(from, -1, (pinned, less) -> pinned + less == 0 ? null : pinned + less);
        if (to != null) {
            pins.merge(to, 1, Integer::sum);
        }
    }

    private void prune() {
        long oldest = pins.firstKey();
        while (!superseded.isEmpty() && superseded.element().commit() <= oldest) {
            Superseded old = superseded.remove();
            old.space().prune(old.key(), oldest);
        }
    }

    /** A key that got another version in a commit; the versions before it go once nobody reads as of before it. */
    private record Superseded(long commit, MemorySpace space, byte[] key) {}

    private final class Writer implements WriteBatch.Target {
        private final long next;

        private Writer(long next) {
            this.next = next;
        }

        @Override
        public void event(long position, byte[] record) {
            write(log, keyOf(position), record.clone());
        }

        @Override
        public void put(Branch branch, byte[] key, byte[] value) {
            write(branch(branch), key.clone(), value.clone());
        }

        @Override
        public void delete(Branch branch, byte[] key) {
            write(branch(branch), key.clone(), null);
        }

        private void write(MemorySpace space, byte[] key, byte @Nullable [] value) {
            if (space.write(key, value, next)) {
                superseded.add(new Superseded(next, space, key));
            }
        }
    }
}
