package io.esdb.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.projections.StateCache.Cell;
import io.esdb.projections.StateCache.Held;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyOrderTest {
    private static List<String> ordered(List<String> keys) {
        StateCache<Long> cache = new StateCache<>(0, true);
        List<Cell<Long>> cells =
                keys.stream().map(key -> cache.change(key, Held.none(), 0)).toList();
        return Arrays.stream(KeyOrder.of(cells))
                .mapToObj(i -> cells.get(i).key())
                .toList();
    }

    @Test
    void keysThatDifferSoonAfterWhatTheyShareAreSorted() {
        List<String> keys = new ArrayList<>(
                IntStream.range(0, 2_000).mapToObj(i -> "customer-" + i).toList());
        Collections.shuffle(keys, new Random(1));

        assertThat(ordered(keys)).isSorted().hasSize(2_000);
    }

    @Test
    void everyKeyIsThereOnceWhateverItIs() {
        Random random = new Random(2);
        List<String> keys = IntStream.range(0, 1_000)
                .mapToObj(i -> (random.nextBoolean() ? "ключ" : "\uD83D\uDE00ключ") + Integer.toString(i, 36))
                .toList();

        assertThat(ordered(keys)).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(ordered(List.of("a", "", "ab", "\0"))).containsExactly("", "\0", "a", "ab");
        assertThat(ordered(List.of("alone"))).containsExactly("alone");
        assertThat(ordered(List.of())).isEmpty();
    }
}
