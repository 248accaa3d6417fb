package io.esdb.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.projections.StateCache.Cell;
import io.esdb.projections.StateCache.Held;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateCacheTest {
    private static final Held<Long> ONE = new Held<>(1L, 8);

    private static void change(StateCache<Long> cache, String key, Held<Long> state, long batch, List<Cell<Long>> in) {
        Cell<Long> cell = cache.change(key, state, batch);
        if (cell != null) {
            in.add(cell);
        }
    }

    /** A store, a batch that is on its way there, and one that is filled meanwhile, against the same without a cache. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsHandedOutIsAlwaysTheNewest(long seed) {
        Random random = new Random(seed);
        Map<String, Long> store = new HashMap<>();
        Map<String, Long> newest = new HashMap<>();
        StateCache<Long> cache = new StateCache<>(random.nextInt(6), true);
        List<Cell<Long>> filled = new ArrayList<>();
        List<Cell<Long>> sent = new ArrayList<>();
        Map<String, Long> sentValues = new HashMap<>();
        long batch = 0;
        for (int step = 0; step < 3_000; step++) {
            String key = "k" + random.nextInt(12);
            Held<Long> held = cache.get(key);
            if (held == null) {
                held = cache.isWhole() ? Held.none() : new Held<>(store.get(key), 8);
                if (!cache.isWhole()) {
                    cache.read(key, held);
                }
            }
            assertThat(held.state()).as("seed %d, step %d", seed, step).isEqualTo(newest.get(key));
            if (random.nextBoolean()) {
                Long next = random.nextInt(4) == 0 ? null : random.nextLong();
                newest.put(key, next);
                change(cache, key, new Held<>(next, 8), batch, filled);
            }
            if (random.nextInt(10) == 0) {
                store.putAll(sentValues);
                cache.stored(sent, batch - 1);
                sent = filled;
                sentValues = new HashMap<>();
                for (Cell<Long> cell : sent) {
                    sentValues.put(cell.key(), cell.held().state());
                }
                filled = new ArrayList<>();
                batch++;
            }
        }
        assertThat(cache.isWhole()).isFalse();
    }

    @Test
    void whatIsStoredIsDroppedOnceThereIsTooMuchAndWhatIsNotStays() {
        StateCache<Long> cache = new StateCache<>(2, true);
        List<Cell<Long>> first = new ArrayList<>();
        for (String key : List.of("a", "b", "c", "d")) {
            change(cache, key, ONE, 0, first);
        }
        change(cache, "a", ONE, 1, new ArrayList<>());
        assertThat(cache.get("b")).isEqualTo(ONE);
        cache.stored(first, 0);

        assertThat(cache.get("a")).isEqualTo(ONE);
        assertThat(cache.get("b")).isNull();
        assertThat(cache.get("c")).isEqualTo(ONE);
        assertThat(cache.get("d")).isEqualTo(ONE);
        assertThat(cache.isWhole()).isFalse();
    }

    @Test
    void whatWasUsedLastStays() {
        StateCache<Long> cache = new StateCache<>(2, false);
        cache.read("a", ONE);
        cache.read("b", ONE);
        assertThat(cache.get("a")).isEqualTo(ONE);
        cache.read("c", ONE);

        assertThat(cache.get("b")).isNull();
        assertThat(cache.get("a")).isEqualTo(ONE);
    }

    @Test
    void bytesAreBoundedToo() {
        StateCache<Long> cache = new StateCache<>(1_000_000, false);
        for (int i = 0; i < 100; i++) {
            cache.read("k" + i, new Held<>(1L, 1 << 20));
        }

        assertThat(cache.get("k0")).isNull();
        assertThat(cache.get("k36")).isNull();
        assertThat(cache.get("k37")).isNotNull();
        assertThat(cache.get("k99")).isNotNull();
    }
}
