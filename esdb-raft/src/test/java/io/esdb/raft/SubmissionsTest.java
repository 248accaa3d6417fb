package io.esdb.raft;

import static io.esdb.raft.Items.bytes;
import static io.esdb.raft.Items.failureOf;
import static io.esdb.raft.Items.item;
import static io.esdb.raft.Items.plenty;
import static io.esdb.raft.Items.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.IndeterminateAppend;
import io.esdb.StoreClosed;
import io.esdb.StoreUnavailable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SubmissionsTest {
    private static final long ORIGIN = 77;
    private static final long FAR = 1_000;

    private final Submissions submissions = new Submissions("orders", ORIGIN);

    private void waits(String command) {
        CompletableFuture<byte[]> unused = add(command);
    }

    private CompletableFuture<byte[]> add(String command) {
        return submissions.add(bytes(command), FAR);
    }

    private List<String> take(long term) {
        return texts(submissions.take(term, plenty()));
    }

    @Test
    void what_was_added_is_taken_once_in_order_and_numbered() {
        waits("a");
        waits("b");

        List<Item> taken = submissions.take(5, plenty());

        assertThat(texts(taken)).containsExactly("a", "b");
        assertThat(taken).extracting(Item::origin).containsOnly(ORIGIN);
        assertThat(taken).extracting(Item::seq).containsExactly(0L, 1L);
        assertThat(take(5)).isEmpty();
    }

    @Test
    void only_what_has_room_is_taken() {
        waits("a");
        waits("b");
        waits("c");

        assertThat(texts(submissions.take(5, new Room(2, 1_000)))).containsExactly("a", "b");
        assertThat(texts(submissions.take(5, new Room(2, 1_000)))).containsExactly("c");
    }

    @Test
    void more_may_be_sent_in_the_same_term() {
        waits("a");
        take(5);
        waits("b");

        assertThat(take(5)).containsExactly("b");
    }

    @Test
    void nothing_is_taken_for_another_term_while_something_sent_before_is_not_decided() {
        waits("a");
        take(5);
        waits("b");

        assertThat(take(6)).isEmpty();
        assertThat(take(4)).isEmpty();
    }

    @Test
    void what_was_sent_waits_again_once_a_later_term_is_applied() {
        waits("a");
        waits("b");
        take(5);
        waits("c");

        submissions.termApplied(6);

        assertThat(take(6)).containsExactly("a", "b", "c");
    }

    @Test
    void what_was_sent_stays_sent_while_its_own_term_is_applied() {
        waits("a");
        take(5);

        submissions.termApplied(5);

        assertThat(take(5)).isEmpty();
        assertThat(submissions.isEmpty()).isFalse();
    }

    @Test
    void nothing_is_taken_for_a_term_that_is_over() {
        waits("a");
        submissions.termApplied(6);

        assertThat(take(5)).isEmpty();
        assertThat(take(6)).containsExactly("a");
    }

    @Test
    void what_is_given_back_keeps_its_place() {
        waits("a");
        waits("b");
        List<Item> first = submissions.take(5, new Room(1, 1_000));
        List<Item> second = submissions.take(5, new Room(1, 1_000));
        waits("c");

        submissions.giveBack(5, first);
        submissions.giveBack(5, second);

        assertThat(take(5)).containsExactly("a", "b", "c");
    }

    @Test
    void what_was_sent_again_in_a_later_term_cannot_be_given_back_for_the_earlier_one() {
        waits("a");
        List<Item> sent = submissions.take(5, plenty());
        submissions.termApplied(6);
        take(6);

        submissions.giveBack(5, sent);

        assertThat(submissions.isWaiting()).isFalse();
    }

    @Test
    void what_was_answered_cannot_be_given_back() {
        waits("a");
        List<Item> sent = submissions.take(5, plenty());
        submissions.applied(sent.get(0), bytes("done"));

        submissions.giveBack(5, sent);

        assertThat(submissions.isEmpty()).isTrue();
    }

    @Test
    void an_applied_item_is_answered() {
        CompletableFuture<byte[]> reply = add("a");
        CompletableFuture<byte[]> other = add("b");
        take(5);

        submissions.applied(item(ORIGIN, 0, "a"), bytes("done"));

        assertThat(reply.join()).isEqualTo(bytes("done"));
        assertThat(other).isNotDone();
    }

    @Test
    void items_of_another_origin_answer_nothing() {
        CompletableFuture<byte[]> reply = add("a");
        take(5);

        submissions.applied(item(ORIGIN + 1, 0, "a"), bytes("done"));
        submissions.answerLost(item(ORIGIN + 1, 0, "a"));

        assertThat(reply).isNotDone();
    }

    @Test
    void a_lost_answer_leaves_it_open_whether_it_was_stored() {
        CompletableFuture<byte[]> reply = add("a");
        take(5);

        submissions.answerLost(item(ORIGIN, 0, "a"));

        assertThat(failureOf(reply)).isInstanceOf(IndeterminateAppend.class);
        assertThat(submissions.isEmpty()).isTrue();
    }

    @Test
    void what_can_be_ordered_nowhere_any_more_ends_and_so_does_what_comes() {
        CompletableFuture<byte[]> sent = add("a");
        take(5);
        CompletableFuture<byte[]> waiting = add("b");

        submissions.end("this node was removed");

        assertThat(failureOf(sent)).isInstanceOf(IndeterminateAppend.class);
        for (CompletableFuture<byte[]> refused : List.of(waiting, add("c"))) {
            assertThat(failureOf(refused))
                    .isInstanceOfSatisfying(
                            StoreUnavailable.class, e -> assertThat(e.reason()).isEqualTo("this node was removed"));
        }
        assertThat(submissions.isEmpty()).isTrue();
    }

    @Test
    void what_expires_before_it_was_sent_was_certainly_not_stored() {
        CompletableFuture<byte[]> reply = add("a");

        submissions.expire(FAR - 1, "nobody leads");
        assertThat(reply).isNotDone();
        submissions.expire(FAR, "nobody leads");

        assertThat(failureOf(reply))
                .isInstanceOfSatisfying(
                        StoreUnavailable.class, e -> assertThat(e.reason()).isEqualTo("nobody leads"));
        assertThat(take(5)).isEmpty();
    }

    @Test
    void what_expires_after_it_was_sent_may_have_been_stored() {
        CompletableFuture<byte[]> reply = add("a");
        List<Item> sent = submissions.take(5, plenty());

        submissions.expire(FAR, "nobody leads");
        submissions.giveBack(5, sent);

        assertThat(failureOf(reply)).isInstanceOf(IndeterminateAppend.class);
        assertThat(submissions.isEmpty()).isTrue();
    }

    @Test
    void what_was_sent_and_is_certainly_dead_expires_as_not_stored() {
        CompletableFuture<byte[]> reply = add("a");
        take(5);
        submissions.termApplied(6);

        submissions.expire(FAR, "nobody leads");

        assertThat(failureOf(reply)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void time_may_overflow() {
        CompletableFuture<byte[]> reply = submissions.add(bytes("a"), Long.MIN_VALUE + 5);

        submissions.expire(Long.MAX_VALUE, "nobody leads");
        assertThat(reply).isNotDone();
        submissions.expire(Long.MIN_VALUE + 5, "nobody leads");

        assertThat(failureOf(reply)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void only_what_was_sent_can_be_lost_sight_of() {
        CompletableFuture<byte[]> sent = add("a");
        take(5);
        CompletableFuture<byte[]> waiting = add("b");
        Throwable cause = new IllegalStateException();

        submissions.lostSight("an image came", cause);

        assertThat(failureOf(sent)).isInstanceOf(IndeterminateAppend.class).hasCause(cause);
        assertThat(waiting).isNotDone();
        assertThat(take(6)).containsExactly("b");
    }

    @Test
    void nothing_is_added_once_it_is_closed_and_what_is_left_can_still_be_answered() {
        CompletableFuture<byte[]> reply = add("a");
        submissions.close();

        assertThat(failureOf(add("b"))).isInstanceOf(StoreClosed.class);
        assertThat(take(5)).containsExactly("a");
        submissions.applied(item(ORIGIN, 0, "a"), bytes("done"));
        assertThat(reply).isCompleted();
    }

    @Test
    void in_the_end_all_that_is_left_fails() {
        CompletableFuture<byte[]> sent = add("a");
        take(5);
        CompletableFuture<byte[]> waiting = add("b");
        submissions.close();

        submissions.failAll();

        assertThat(failureOf(sent)).isInstanceOf(IndeterminateAppend.class);
        assertThat(failureOf(waiting)).isInstanceOf(StoreClosed.class);
        assertThat(submissions.isEmpty()).isTrue();
    }

    @Test
    void it_knows_whether_something_waits_and_whether_something_is_left() {
        assertThat(submissions.isWaiting()).isFalse();
        assertThat(submissions.isEmpty()).isTrue();

        waits("a");
        assertThat(submissions.isWaiting()).isTrue();
        assertThat(submissions.isEmpty()).isFalse();

        take(5);
        assertThat(submissions.isWaiting()).isFalse();
        assertThat(submissions.isEmpty()).isFalse();
    }
}
