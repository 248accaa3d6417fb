package io.esdb.raft;

import static io.esdb.raft.Items.bytes;
import static io.esdb.raft.Items.item;
import static io.esdb.raft.Items.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.raft.Forwarding.Batch;
import io.esdb.raft.Forwarding.Delivery;
import io.esdb.raft.Proposer.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PumpTest {
    private static final int ENTRY = 1_000;

    private final Submissions submissions = new Submissions("orders", 77);
    private final Proposals proposals = new Proposals();
    private final Raft raft = new Raft();
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

    private void leading(long term) {
        raft.standing = new Standing(true, "n1", term);
    }

    private void following(String leader, long term) {
        raft.standing = new Standing(false, leader, term);
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
        leading(5);
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
        leading(5);
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
        leading(5);
        add("a");
        pump.step();
        add("b");
        pump.step();
        submissions.termApplied(6);
        leading(6);

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
        leading(5);
        add("a");
        proposals.accept(5, 1, 0, List.of(item(1, 0, "b")));
        pump.step();

        raft.outcomes.get(0).complete(Outcome.NOT_TAKEN);

        assertThat(pump.step()).isFalse();
        assertThat(raft.texts(1)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void what_may_have_been_taken_is_not_proposed_again_in_the_same_term() {
        leading(5);
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
        leading(5);
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
        leading(5);
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
        following("n2", 5);
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
        following("n2", 5);
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
        following("n2", 5);
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
        following("n2", 5);
        add("a");
        pump.step();
        add("b");
        following("n3", 6);
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
        following("n2", 5);
        add("a");
        pump.step();
        sent.get(0).delivery.complete(Delivery.ACCEPTED);
        leading(6);
        pump.step();
        assertThat(raft.entries).isEmpty();

        submissions.termApplied(6);
        pump.step();

        assertThat(raft.group(0).term()).isEqualTo(6);
        assertThat(raft.texts(0)).containsExactly("a");
    }

    @Test
    void followers_are_told_at_once_what_they_wait_for_until_all_know() {
        leading(5);
        raft.allKnow = false;
        proposals.accept(5, 1, 0, List.of(item(1, 0, "a")));
        pump.step();
        assertThat(raft.told).as("before it is committed").isZero();

        raft.outcomes.get(0).complete(Outcome.COMMITTED);
        pump.step();
        assertThat(raft.told).isEqualTo(1);
        assertThat(pump.isInsisting()).isTrue();
        raft.allKnow = true;
        pump.step();
        pump.step();

        assertThat(raft.told).isEqualTo(2);
        assertThat(pump.isInsisting()).isFalse();
    }

    @Test
    void an_entry_on_its_way_brings_the_news_itself() {
        leading(5);
        proposals.accept(5, 1, 0, List.of(item(1, 0, "a")));
        pump.step();
        add("b");
        pump.step();

        raft.outcomes.get(0).complete(Outcome.COMMITTED);
        pump.step();

        assertThat(raft.told).isZero();
        assertThat(pump.isInsisting()).isFalse();
    }

    @Test
    void what_nobody_on_a_follower_waits_for_is_told_now_and_then() {
        leading(5);
        add("a");
        pump.step();
        raft.outcomes.get(0).complete(Outcome.COMMITTED);
        pump.step();
        assertThat(raft.told).isZero();

        pump.tick();
        pump.tick();

        assertThat(raft.told).isEqualTo(1);
    }

    @Test
    void a_follower_that_does_not_hear_is_told_soon_at_first_and_then_ever_more_rarely() {
        leading(5);
        raft.allKnow = false;
        proposals.accept(5, 1, 0, List.of(item(1, 0, "a")));
        pump.step();
        raft.outcomes.get(0).complete(Outcome.COMMITTED);
        pump.step();
        assertThat(pump.restMillis()).isEqualTo(2);

        for (int i = 0; i < 40; i++) {
            pump.step();
        }
        assertThat(pump.restMillis()).isEqualTo(Pump.TICK_MILLIS);
    }

    @Test
    void a_follower_that_is_told_and_never_hears_is_brought_an_empty_entry() {
        leading(5);
        raft.allKnow = false;
        proposals.accept(5, 1, 0, List.of(item(1, 0, "a")));
        pump.step();
        raft.outcomes.get(0).complete(Outcome.COMMITTED);
        pump.step();

        tick(Insistence.STUCK_TICKS);
        assertThat(raft.entries).hasSize(2);
        assertThat(raft.group(1).term()).isEqualTo(5);
        assertThat(raft.group(1).items()).isEmpty();
        tick(Insistence.STUCK_TICKS);
        assertThat(raft.entries).as("each time it waits longer").hasSize(2);
        tick(Insistence.STUCK_TICKS);
        assertThat(raft.entries).hasSize(3);
        raft.allKnow = true;
        tick(100 * Insistence.STUCK_TICKS);

        assertThat(raft.entries).as("all know it").hasSize(3);
    }

    @Test
    void an_entry_that_is_not_committed_gets_company_of_an_empty_one() {
        leading(5);
        add("a");
        pump.step();

        tick(Insistence.STUCK_TICKS - 1);
        assertThat(raft.entries).hasSize(1);
        tick(1);
        assertThat(raft.group(1).items()).isEmpty();
        raft.outcomes.get(0).complete(Outcome.COMMITTED);
        pump.step();
        tick(100 * Insistence.STUCK_TICKS);

        assertThat(raft.entries).hasSize(2);
    }

    @Test
    void whoever_leads_no_more_brings_nothing() {
        leading(5);
        add("a");
        pump.step();
        following("n2", 6);

        tick(Insistence.STUCK_TICKS);

        assertThat(raft.entries).hasSize(1);
    }

    private void tick(int times) {
        for (int i = 0; i < times; i++) {
            pump.tick();
        }
    }

    @Test
    void a_new_leader_does_not_wait_for_the_answer_of_the_old_one() {
        following("n2", 5);
        add("a");
        pump.step();
        submissions.termApplied(6);
        following("n3", 6);

        pump.step();

        assertThat(sent).extracting(Sent::leader).containsExactly("n2", "n3");
        assertThat(texts(sent.get(1).batch.items())).containsExactly("a");
    }

    private record Sent(String leader, Batch batch, CompletableFuture<Delivery> delivery) {}

    private static final class Raft implements Proposer {
        final List<byte[]> entries = new ArrayList<>();
        final List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        int told;
        boolean allKnow = true;
        Standing standing = new Standing(false, null, 0);

        @Override
        public Standing standing() {
            return standing;
        }

        @Override
        public CompletionStage<Outcome> propose(byte[] entry) {
            entries.add(entry);
            outcomes.add(new CompletableFuture<>());
            return outcomes.get(outcomes.size() - 1);
        }

        @Override
        public boolean tellCommitted() {
            told++;
            return allKnow;
        }

        ItemGroup group(int entry) {
            return ItemGroup.decode(ByteBuffer.wrap(entries.get(entry)));
        }

        List<String> texts(int entry) {
            return Items.texts(group(entry).items());
        }
    }
}
