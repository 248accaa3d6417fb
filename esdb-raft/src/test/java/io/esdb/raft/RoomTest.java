package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomTest {
    @Test
    void as_many_bytes_fit_as_it_has() {
        Room room = new Room(10, 100);

        assertThat(room.take(60)).isTrue();
        assertThat(room.take(41)).isFalse();
        assertThat(room.take(40)).isTrue();
        assertThat(room.take(1)).isFalse();
    }

    @Test
    void as_many_items_fit_as_it_has() {
        Room room = new Room(2, 100);

        assertThat(room.take(1)).isTrue();
        assertThat(room.take(1)).isTrue();
        assertThat(room.take(1)).isFalse();
    }

    @Test
    void the_first_item_may_be_larger_and_then_goes_alone() {
        Room room = new Room(10, 100);

        assertThat(room.take(5_000)).isTrue();
        assertThat(room.take(1)).isFalse();
    }
}
