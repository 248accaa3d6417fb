package io.esdb.raft;

import static io.esdb.raft.Items.bytes;
import static io.esdb.raft.Items.item;
import static io.esdb.raft.Items.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.raft.Forwarding.Batch;
import io.esdb.raft.Forwarding.Delivery;
import io.esdb.raft.Proposer.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PumpTest {
    private static final int ENTRY = 1_000;

    private final Submissions submissions = new Submissions("orders", 77);
    private final Proposals proposals = new Proposals();
    private final ScriptedProposer raft = new ScriptedProposer();
    private final List<Sent> sent = new ArrayList<>();
    private final AtomicInteger wakes = new AtomicInteger();
    private final Pump pump = new Pump(77, submissions, proposals, raft, this::forward, wakes::incrementAndGet, ENTRY);

    private CompletableFuture<Delivery> forward(String leader, Batch batch) {
        sent.add(new Sent(leader, batch, new CompletableFuture<>()));
        return sent.get(sent.size() - 1).delivery;
    }

    private void add(byte[] command) {
        CompletableFuture<byte[]> unused = submissions.add(command, Long.MAX_VALUE);
    }

    private void add(String command) {
        add(bytes(command));
    }

    @Test
    void nothing_moves_while_nobody_leads() {
        add("a");

        assertThat(pump.step()).isTrue();

        assertThat(raft.entries).isEmpty();
        assertThat(sent).isEmpty();
    }

    @Test
    void on_the_leader_all_that_waits_shares_an_entry() {
        raft.leads(5);
        add("a");
        add("b");
        proposals.accept(5, 1, 0, List.of(item(1, 0, "c")));

        assertThat(pump.step()).isTrue();

        assertThat(raft.entries).hasSize(1);
        assertThat(raft.group(0).term()).isEqualTo(5);
        assertThat(texts(raft.group(0).items())).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void only_so_many_entries_are_on_their_way_at_once() {
        raft.leads(5);
        for (String command : List.of("a", "b", "c", "d")) {
            add(command);
            pump.step();
        }
        assertThat(raft.entries).hasSize(Pump.WINDOW);

        raft.outcomes.get(0).complete(Outcome.COMMITTED);
        assertThat(wakes).hasValue(1);
        assertThat(pump.step()).isTrue();

        assertThat(raft.entries).hasSize(Pump.WINDOW + 1);
        assertThat(raft.texts(Pump.WINDOW)).containsExactly("c", "d");
    }

    @Test
    void entries_of_an_earlier_term_that_nobody_hears_of_do_not_stand_in_the_way() {
        raft.leads(5);
        add("a");
        pump.step();
        add("b");
        pump.step();
        submissions.termApplied(6);
        raft.leads(6);

        pump.step();
        assertThat(raft.texts(2)).containsExactly("a", "b");
        raft.outcomes.get(0).complete(Outcome.UNKNOWN);
        raft.outcomes.get(1).complete(Outcome.NOT_TAKEN);
        for (String command : List.of("c", "d", "e")) {
            add(command);
            pump.step();
        }

        assertThat(raft.entries).as("the window is what it was").hasSize(2 + Pump.WINDOW);
    }

    @Test
    void what_was_not_taken_is_proposed_again_after_a_moment() {
        raft.leads(5);
        add("a");
        proposals.accept(5, 1, 0, List.of(item(1, 0, "b")));
        pump.step();

        raft.outcomes.get(0).complete(Outcome.NOT_TAKEN);

        assertThat(pump.step()).isFalse();
        assertThat(raft.texts(1)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void what_may_have_been_taken_is_not_proposed_again_in_the_same_term() {
        raft.leads(5);
        add("a");
        pump.step();
        raft.outcomes.get(0).complete(Outcome.UNKNOWN);
        pump.step();
        add("b");
        pump.step();
        raft.outcomes.get(1).completeExceptionally(new IllegalStateException());
        pump.step();

        assertThat(raft.entries).hasSize(2);
    }

    @Test
    void own_and_foreign_items_take_turns_when_there_are_too_many() {
        raft.leads(5);
        for (int i = 0; i < 20; i++) {
            proposals.accept(5, 1, i, List.of(new Item(1, i, new byte[600])));
            add(new byte[600]);
        }

        pump.step();

        assertThat(List.of(raft.group(0), raft.group(1)))
                .extracting(group -> group.items().get(0).origin())
                .containsExactlyInAnyOrder(1L, 77L);
    }

    @Test
    void no_entry_is_larger_than_allowed_but_for_a_single_large_item() {
        raft.leads(5);
        for (int i = 0; i < 40; i++) {
            byte[] large = new byte[i % 7 == 0 ? 2 * ENTRY : 100];
            proposals.accept(5, 1, i, List.of(new Item(1, i, large)));
            add(large);
        }
        for (int i = 0; i < 80; i++) {
            pump.step();
            raft.outcomes.forEach(outcome -> outcome.complete(Outcome.COMMITTED));
        }

        int items = 0;
        for (int i = 0; i < raft.entries.size(); i++) {
            List<Item> group = raft.group(i).items();
            items += group.size();
            assertThat(group.size() == 1 || group.stream().mapToInt(Item::bytes).sum() <= ENTRY)
                    .isTrue();
        }
        assertThat(items).isEqualTo(80);
    }

    @Test
    void a_follower_brings_what_waits_to_the_leader_a_batch_at_a_time() {
        raft.follows("n2", 5);
        add("a");
        pump.step();
        add("b");
        pump.step();

        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).leader).isEqualTo("n2");
        assertThat(sent.get(0).batch.origin()).isEqualTo(77);
        assertThat(sent.get(0).batch.term()).isEqualTo(5);
        assertThat(texts(sent.get(0).batch.items())).containsExactly("a");

        sent.get(0).delivery.complete(Delivery.ACCEPTED);
        assertThat(wakes).hasValue(1);
        assertThat(pump.step()).isTrue();
        assertThat(texts(sent.get(1).batch.items())).containsExactly("b");
        assertThat(sent.get(1).batch.number()).isGreaterThan(sent.get(0).batch.number());
    }

    @Test
    void what_was_refused_or_never_sent_goes_into_a_new_batch() {
        raft.follows("n2", 5);
        add("a");
        pump.step();
        add("b");

        sent.get(0).delivery.complete(Delivery.REFUSED);
        assertThat(pump.step()).isFalse();
        assertThat(texts(sent.get(1).batch.items())).containsExactly("a", "b");
        sent.get(1).delivery.complete(Delivery.NEVER_SENT);
        assertThat(pump.step()).isFalse();

        assertThat(texts(sent.get(2).batch.items())).containsExactly("a", "b");
        assertThat(sent).extracting(one -> one.batch.number()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void what_may_have_arrived_is_sent_again_as_the_same_batch_until_it_is_accepted() {
        raft.follows("n2", 5);
        add("a");
        pump.step();
        add("b");

        sent.get(0).delivery.complete(Delivery.UNKNOWN);
        assertThat(pump.step()).isFalse();
        sent.get(1).delivery.complete(Delivery.REFUSED);
        pump.step();
        sent.get(2).delivery.complete(Delivery.NEVER_SENT);
        pump.step();
        sent.get(3).delivery.completeExceptionally(new IllegalStateException());
        pump.step();

        assertThat(sent).hasSize(5).extracting(Sent::batch).containsOnly(sent.get(0).batch);
        sent.get(4).delivery.complete(Delivery.ACCEPTED);
        pump.step();
        assertThat(texts(sent.get(5).batch.items())).containsExactly("b");
    }

    @Test
    void a_new_leader_gets_what_the_old_one_refused_and_nothing_before_that_is_known() {
        raft.follows("n2", 5);
        add("a");
        pump.step();
        add("b");
        raft.follows("n3", 6);
        pump.step();
        assertThat(sent).hasSize(1);

        sent.get(0).delivery.complete(Delivery.REFUSED);
        pump.step();

        assertThat(sent.get(1).leader).isEqualTo("n3");
        assertThat(sent.get(1).batch.term()).isEqualTo(6);
        assertThat(texts(sent.get(1).batch.items())).containsExactly("a", "b");
    }

    @Test
    void a_new_leader_gets_what_the_old_one_accepted_once_its_term_is_applied() {
        raft.follows("n2", 5);
        add("a");
        pump.step();
        sent.get(0).delivery.complete(Delivery.ACCEPTED);
        raft.leads(6);
        pump.step();
        assertThat(raft.entries).isEmpty();

        submissions.termApplied(6);
        pump.step();

        assertThat(raft.group(0).term()).isEqualTo(6);
        assertThat(raft.texts(0)).containsExactly("a");
    }

    @Test
    void a_new_leader_does_not_wait_for_the_answer_of_the_old_one() {
        raft.follows("n2", 5);
        add("a");
        pump.step();
        submissions.termApplied(6);
        raft.follows("n3", 6);

        pump.step();

        assertThat(sent).extracting(Sent::leader).containsExactly("n2", "n3");
        assertThat(texts(sent.get(1).batch.items())).containsExactly("a");
    }

    private record Sent(String leader, Batch batch, CompletableFuture<Delivery> delivery) {}
}
