package io.esdb.raft;

import static io.esdb.raft.Items.item;
import static io.esdb.raft.Items.plenty;
import static io.esdb.raft.Items.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProposalsTest {
    private static final byte[] HALF = new byte[(int) (Proposals.MOST_BYTES / 2)];

    private final Proposals proposals = new Proposals();

    private boolean accept(long term, long origin, long batch, String command) {
        return proposals.accept(term, origin, batch, List.of(item(origin, batch, command)));
    }

    private boolean acceptHalf(long batch) {
        return proposals.accept(5, 1, batch, List.of(new Item(1, batch, HALF)));
    }

    private List<String> take(long term) {
        return texts(proposals.take(term, plenty()));
    }

    @Test
    void what_is_accepted_is_taken_once_in_order() {
        assertThat(accept(5, 1, 0, "a")).isTrue();
        assertThat(accept(5, 2, 0, "b")).isTrue();
        assertThat(accept(5, 1, 1, "c")).isTrue();

        assertThat(take(5)).containsExactly("a", "b", "c");
        assertThat(take(5)).isEmpty();
    }

    @Test
    void only_what_has_room_is_taken() {
        accept(5, 1, 0, "a");
        accept(5, 1, 1, "b");

        assertThat(texts(proposals.take(5, new Room(1, 1_000)))).containsExactly("a");
        assertThat(take(5)).containsExactly("b");
    }

    @Test
    void a_batch_that_comes_again_is_taken_as_read() {
        accept(5, 1, 3, "a");

        assertThat(accept(5, 1, 3, "a")).isTrue();
        assertThat(take(5)).containsExactly("a");
        assertThat(accept(5, 1, 3, "a")).isTrue();
        assertThat(accept(5, 1, 2, "late")).isTrue();

        assertThat(take(5)).isEmpty();
    }

    @Test
    void every_origin_has_its_own_numbers() {
        accept(5, 1, 3, "a");

        accept(5, 2, 3, "b");
        accept(5, 3, 0, "c");

        assertThat(take(5)).containsExactly("a", "b", "c");
    }

    @Test
    void what_is_for_an_earlier_term_is_refused() {
        accept(5, 1, 0, "a");

        assertThat(accept(4, 1, 1, "b")).isFalse();
        assertThat(take(4)).isEmpty();
        assertThat(take(5)).containsExactly("a");
    }

    @Test
    void a_new_term_forgets_what_was_for_the_old_one() {
        accept(5, 1, 7, "a");

        assertThat(take(6)).isEmpty();
        assertThat(accept(6, 1, 7, "b")).isTrue();
        assertThat(take(6)).containsExactly("b");
    }

    @Test
    void what_is_given_back_goes_first() {
        accept(5, 1, 0, "a");
        accept(5, 1, 1, "b");
        List<Item> taken = proposals.take(5, plenty());
        accept(5, 1, 2, "c");

        proposals.giveBack(5, taken);

        assertThat(take(5)).containsExactly("a", "b", "c");
    }

    @Test
    void what_is_given_back_for_an_earlier_term_goes_nowhere() {
        accept(5, 1, 0, "a");
        List<Item> taken = proposals.take(5, plenty());
        accept(6, 1, 1, "b");

        proposals.giveBack(5, taken);

        assertThat(take(6)).containsExactly("b");
    }

    @Test
    void a_full_one_refuses_until_something_was_taken() {
        assertThat(acceptHalf(0)).isTrue();
        assertThat(acceptHalf(1)).isTrue();

        assertThat(acceptHalf(2)).isFalse();
        assertThat(acceptHalf(1)).as("it is there already").isTrue();
        proposals.take(5, new Room(1, 1));
        assertThat(acceptHalf(2)).as("the same batch, once there is room").isTrue();

        assertThat(proposals.take(5, plenty())).extracting(Item::seq).containsExactly(1L, 2L);
    }

    @Test
    void what_is_given_back_takes_room_again() {
        acceptHalf(0);
        acceptHalf(1);
        List<Item> taken = proposals.take(5, plenty());

        proposals.giveBack(5, taken);

        assertThat(acceptHalf(2)).isFalse();
    }

    @Test
    void a_new_term_begins_with_all_the_room() {
        acceptHalf(0);
        acceptHalf(1);

        assertThat(accept(6, 1, 2, "a")).isTrue();
    }
}
