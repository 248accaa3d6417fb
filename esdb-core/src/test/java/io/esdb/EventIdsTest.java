package io.esdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class EventIdsTest {
    @Test
    void ids_are_uuids_of_version_7() {
        for (int i = 0; i < 1_000; i++) {
            UUID id = EventIds.next();
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
        }
    }

    @Test
    void ids_carry_the_time_of_their_making() {
        long before = System.currentTimeMillis();
        long made = EventIds.next().getMostSignificantBits() >>> 16;

        assertThat(made).isBetween(before, System.currentTimeMillis());
    }

    @Test
    void ids_of_one_thread_do_not_go_back_in_time() {
        long last = 0;
        for (int i = 0; i < 10_000; i++) {
            long high = EventIds.next().getMostSignificantBits();
            assertThat(high).isGreaterThanOrEqualTo(last);
            last = high;
        }
    }

    @Test
    void low_halves_count_up() {
        long first = EventIds.next().getLeastSignificantBits() & 0x3fff_ffff_ffff_ffffL;
        long second = EventIds.next().getLeastSignificantBits() & 0x3fff_ffff_ffff_ffffL;

        assertThat((second - first) & 0x3fff_ffff_ffff_ffffL).isBetween(1L, 1_000_000L);
    }

    @Test
    void ids_of_many_threads_are_unique() throws Exception {
        Set<UUID> ids = ConcurrentHashMap.newKeySet();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                for (int j = 0; j < 20_000; j++) {
                    ids.add(EventIds.next());
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(ids).hasSize(80_000);
    }
}
