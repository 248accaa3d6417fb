package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.StreamInfo.Status;
import io.esdb.machine.StreamState;
import io.esdb.spi.WriteBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
    private static final StreamState FREE = new StreamState("free", 0, 0, Status.ACTIVE, 0, 0, 0, 0);
    private static final StreamState LIMITED = new StreamState("limited", 0, 0, Status.ACTIVE, 0, 0, 1, 0);

    private final RecentEvents recent = new RecentEvents(100);

    @Test
    void it_holds_the_newest_events_up_to_so_many_bytes() {
        recent.restart(5);
        add(5, 40);
        add(6, 40);
        assertThat(recent.span()).isEqualTo(new RecentEvents.Span(5, 7, 5));
        add(7, 40);

        assertThat(recent.span()).isEqualTo(new RecentEvents.Span(6, 8, 5));
        assertThat(recent.record(5)).isNull();
        assertThat(recent.record(6)).hasSize(40);
        assertThat(recent.record(7)).hasSize(40);
    }

    @Test
    void one_that_is_larger_than_all_of_the_memory_drives_out_everything() {
        recent.restart(0);
        add(0, 40);
        add(1, 101);

        assertThat(recent.span()).isEqualTo(new RecentEvents.Span(2, 2, 0));
        assertThat(recent.record(0)).isNull();
        assertThat(recent.record(1)).isNull();
    }

    @Test
    void of_small_events_it_holds_so_many_and_no_others_in_the_place_of_older_ones() {
        recent.restart(0);
        int more = 10;
        for (int i = 0; i < RecentEvents.MOST_EVENTS + more; i++) {
            add(i, 0);
        }

        assertThat(recent.span().first()).isEqualTo(more);
        assertThat(recent.record(more - 1)).isNull();
        assertThat(recent.record(more)).isEmpty();
    }

    @Test
    void without_memory_it_knows_where_the_store_ends() {
        RecentEvents none = new RecentEvents(0);
        none.restart(3);
        none.add(batch(3, 1), List.of(FREE));

        assertThat(none.span()).isEqualTo(new RecentEvents.Span(4, 4, 3));
    }

    @Test
    void it_says_nothing_while_a_commit_may_be_seen_in_the_storage() {
        recent.restart(0);
        recent.changing();
        assertThat(recent.span()).isNull();
        add(0, 1);
        assertThat(recent.span()).isNotNull();
    }

    @Test
    void what_was_before_a_restart_is_forgotten() {
        recent.restart(0);
        add(0, 90);
        recent.restart(1);
        assertThat(recent.record(0)).isNull();
        add(1, 90);

        assertThat(recent.span()).isEqualTo(new RecentEvents.Span(1, 2, 1));
        assertThat(recent.record(1)).hasSize(90);
    }

    @Test
    void events_may_be_hidden_up_to_the_last_change_of_a_stream_that_hides_some() {
        recent.restart(0);
        add(0, 1);
        recent.add(batch(1, 1), List.of(FREE, LIMITED));
        add(2, 1);

        assertThat(recent.span()).isEqualTo(new RecentEvents.Span(0, 3, 2));
    }

    @Test
    void an_event_that_was_swept_is_gone_for_readers_who_began_before() {
        recent.restart(0);
        add(0, 60);
        add(1, 30);
        add(0, 10);
        assertThat(recent.record(0)).isNull();
        assertThat(recent.record(1)).hasSize(30);
        add(2, 70);

        assertThat(recent.record(1)).hasSize(30);
        assertThat(recent.span()).isEqualTo(new RecentEvents.Span(0, 3, 0));
    }

    private void add(long position, int bytes) {
        recent.add(batch(position, bytes), List.of(FREE));
    }

    private static WriteBatch batch(long position, int bytes) {
        WriteBatch batch = new WriteBatch();
        batch.event(position, new byte[bytes]);
        return batch;
    }
}
