package io.esdb.projections;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states at hand: all that are not stored yet, and of those that are the ones that were used lately; bounded by how many
 * of these there may be, and by how much the batches take. One thread at a time.
 */
final class StateCache<S> {
    private static final long MOST_BYTES = 64 << 20;
    private static final int OVERHEAD = 100;

    private final Map<String, Cell<S>> cells = new HashMap<>();
    private final Cell<S> ring = new Cell<>(""); // of those that are stored; what was kept first comes first
    private final int most;
    private @Nullable Cell<S> last; // functions change the state that they have looked at
    private boolean whole;
    private int stored;
    private long storedBytes;

    /** @param whole whether there are no states but those that will be put in here */
    StateCache(int most, boolean whole) {
        this.most = most;
        this.whole = whole;
    }

    /** Whether there is no state but those in here. */
    boolean isWhole() {
        return whole;
    }

    /** The state of a key if it is in here, otherwise null. */
    @Nullable
    Held<S> get(String key) {
        Cell<S> cell = cells.get(key);
        if (cell == null) {
            return null;
        }
        cell.used = true;
        last = cell;
        return cell.held;
    }

    /** Takes a state that was read. */
    void read(String key, Held<S> state) {
        Cell<S> cell = new Cell<>(key);
        cell.held = state;
        cells.put(key, cell);
        keep(cell);
        shrink();
    }

    /**
     * Changes a state, which is then kept until the batch is stored.
     *
     * @return its cell if that is new in the batch, otherwise null
     */
    @Nullable
    Cell<S> change(String key, Held<S> state, long batch) {
        Cell<S> looked = last;
        Cell<S> cell = looked != null && looked.key.equals(key) ? looked : cells.computeIfAbsent(key, Cell::new);
        if (cell.isStored()) {
            forget(cell);
        }
        cell.held = state;
        boolean fresh = cell.batch != batch;
        cell.batch = batch;
        return fresh ? cell : null;
    }

    /** What a batch has changed is stored. */
    void stored(Iterable<Cell<S>> changed, long batch) {
        for (Cell<S> cell : changed) {
            if (cell.batch == batch) { // or it has changed again
                keep(cell);
            }
        }
        shrink();
    }

    private void keep(Cell<S> cell) {
        cell.used = false;
        cell.link(ring);
        stored++;
        storedBytes += size(cell);
    }

    private void forget(Cell<S> cell) {
        cell.unlink();
        stored--;
        storedBytes -= size(cell);
    }

    private void shrink() {
        while (stored > most || storedBytes > MOST_BYTES) {
            Cell<S> eldest = ring.next;
            forget(eldest);
            if (eldest.used) { // since it was kept: it begins anew
                keep(eldest);
            } else {
                drop(eldest);
            }
        }
    }

    private void drop(Cell<S> cell) {
        cells.remove(cell.key);
        last = null;
        whole = false;
    }

    private static long size(Cell<?> cell) {
        return OVERHEAD + cell.key.length() + (long) cell.held.bytes();
    }

    /**
     * The state of a key.
     *
     * @param state null if there is none
     * @param bytes how many it had when it was read or stored
     */
    record Held<S>(@Nullable S state, int bytes) {
        private static final Held<?> NONE = new Held<>(null, 0);

        @SuppressWarnings("unchecked") // it holds nothing
        static <S> Held<S> none() {
            return (Held<S>) NONE;
        }
    }

    /** Where a state is kept. */
    static final class Cell<S> {
        private final String key;
        private Held<S> held = Held.none();
        private long batch = -1;
        private boolean used;
        private Cell<S> before = this;
        private Cell<S> next = this;

        private Cell(String key) {
            this.key = key;
        }

        String key() {
            return key;
        }

        Held<S> held() {
            return held;
        }

        /** It will have that many bytes once it is stored. */
        void sized(int bytes) {
            if (bytes != held.bytes()) {
                held = new Held<>(held.state(), bytes);
            }
        }

        private boolean isStored() {
            return next != this;
        }

        private void link(Cell<S> ring) {
            before = ring.before;
            next = ring;
            before.next = this;
            ring.before = this;
        }

        private void unlink() {
            before.next = next;
            next.before = before;
            before = this;
            next = this;
        }
    }
}
