package io.esdb.raft;

import static io.esdb.raft.Items.bytes;
import static io.esdb.raft.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.raft.Proposer.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How a leader sees to it that all members hear of what was committed. */
class PumpNewsTest {
    private final Submissions submissions = new Submissions("orders", 77);
    private final Proposals proposals = new Proposals();
    private final ScriptedProposer raft = new ScriptedProposer();
    private final Pump pump =
            new Pump(77, submissions, proposals, raft, (leader, batch) -> new CompletableFuture<>(), () -> {}, 1_000);

    @Test
    void followers_are_told_at_once_what_they_wait_for_until_all_know() {
        raft.leads(5);
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
        raft.leads(5);
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
        raft.leads(5);
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
        committedUnheard();
        assertThat(pump.restMillis()).isEqualTo(2);

        for (int i = 0; i < 40; i++) {
            pump.step();
        }
        assertThat(pump.restMillis()).isEqualTo(Pump.TICK_MILLIS);
    }

    @Test
    void a_follower_that_is_told_and_never_hears_is_brought_an_empty_entry() {
        committedUnheard();

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
        raft.leads(5);
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
        raft.leads(5);
        add("a");
        pump.step();
        raft.follows("n2", 6);

        tick(Insistence.STUCK_TICKS);

        assertThat(raft.entries).hasSize(1);
    }

    private void add(String command) {
        CompletableFuture<byte[]> unused = submissions.add(bytes(command), Long.MAX_VALUE);
    }

    /** An entry of this leader is committed, and a follower waits for it and does not know yet. */
    private void committedUnheard() {
        raft.leads(5);
        raft.allKnow = false;
        proposals.accept(5, 1, 0, List.of(item(1, 0, "a")));
        pump.step();
        raft.outcomes.get(0).complete(Outcome.COMMITTED);
        pump.step();
    }

    private void tick(int times) {
        for (int i = 0; i < times; i++) {
            pump.tick();
        }
    }
}
