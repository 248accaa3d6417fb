package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.PositionNotReached;
import io.esdb.Registration;
import io.esdb.StoreClosed;
import io.esdb.StoreFailed;
import io.esdb.spi.Branch;
import io.esdb.spi.DocumentKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for events hears of them. */
@Timeout(60)
class WakeUpsTest {
    private static final Duration LONG = Duration.ofSeconds(50);

    private final WakeUps wakeUps = new WakeUps("s");

    @AfterEach
    void forgetInterrupts() {
        boolean unused = Thread.interrupted();
    }

    @Test
    void a_position_that_is_there_is_not_waited_for() {
        wakeUps.reached(3);

        wakeUps.await(3, Duration.ZERO);
        wakeUps.await(0, Duration.ZERO);
    }

    @Test
    void a_position_that_does_not_come_in_time_is_said_not_to_be_reached() {
        wakeUps.reached(3);

        assertThatThrownBy(() -> wakeUps.await(4, Duration.ofMillis(5)))
                .isInstanceOfSatisfying(PositionNotReached.class, failure -> {
                    assertThat(failure.store()).isEqualTo("s");
                    assertThat(failure.position()).isEqualTo(4);
                    assertThat(failure.reached()).isEqualTo(3);
                });
    }

    @Test
    void who_waits_goes_on_when_the_position_comes() {
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> wakeUps.await(1, LONG));

        wakeUps.reached(0);
        assertThat(waiting).isNotDone();
        wakeUps.reached(1);

        assertThat(waiting).succeedsWithin(LONG);
    }

    @Test
    void the_longest_wait_there_is_and_the_shortest_are_waits_like_others() {
        CompletableFuture<Void> waiting =
                CompletableFuture.runAsync(() -> wakeUps.await(0, Duration.ofSeconds(Long.MAX_VALUE)));
        assertThatThrownBy(() -> wakeUps.await(0, Duration.ofSeconds(Long.MIN_VALUE)))
                .isInstanceOf(PositionNotReached.class);
        wakeUps.reached(0);

        assertThat(waiting).succeedsWithin(LONG);
    }

    @Test
    void closing_ends_the_waits_for_what_does_not_come() {
        wakeUps.reached(0);
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> wakeUps.await(1, LONG));
        wakeUps.close();

        assertThat(waiting).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(StoreClosed.class);
        assertThatThrownBy(() -> wakeUps.await(1, LONG)).isInstanceOf(StoreClosed.class);
        wakeUps.await(0, LONG);
    }

    @Test
    void an_interrupt_ends_the_wait_and_is_kept() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> wakeUps.await(1, LONG)).isInstanceOf(StoreFailed.class);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void a_listener_hears_of_every_move_until_it_is_closed() {
        AtomicInteger heard = new AtomicInteger();
        Registration registration = wakeUps.listen(heard::incrementAndGet);

        wakeUps.reached(0);
        wakeUps.reached(0);
        wakeUps.reached(5);
        registration.close();
        wakeUps.reached(6);

        assertThat(heard).hasValue(2);
    }

    @Test
    void a_listener_that_throws_hurts_nobody() {
        AtomicInteger heard = new AtomicInteger();
        Registration throwing = wakeUps.listen(() -> {
            throw new IllegalStateException("on purpose");
        });
        Registration other = wakeUps.listen(heard::incrementAndGet);

        wakeUps.reached(0);

        assertThat(heard).hasValue(1);
        throwing.close();
        other.close();
    }

    @Test
    void a_listener_hears_of_the_documents_of_its_branch_only_and_of_none_if_any_may_have_changed() {
        List<Set<DocumentKey>> heard = new ArrayList<>();
        DocumentKey mine = new DocumentKey(Branch.SUBSCRIPTIONS, new byte[] {1});
        DocumentKey other = new DocumentKey(Branch.PROJECTIONS, new byte[] {1});
        Registration registration = wakeUps.listen(Branch.SUBSCRIPTIONS, heard::add);

        wakeUps.changed(Set.of(mine, other));
        wakeUps.changed(Set.of(other));
        wakeUps.changed(Set.of());
        wakeUps.anyChanged();
        registration.close();
        wakeUps.changed(Set.of(mine));

        assertThat(heard).containsExactly(Set.of(mine), Set.of());
    }

    @Test
    void who_need_not_know_which_documents_hears_once_for_each_commit_that_changed_some_of_the_branch() {
        AtomicInteger heard = new AtomicInteger();
        DocumentKey mine = new DocumentKey(Branch.SUBSCRIPTIONS, new byte[] {1});
        DocumentKey another = new DocumentKey(Branch.SUBSCRIPTIONS, new byte[] {2});
        DocumentKey other = new DocumentKey(Branch.PROJECTIONS, new byte[] {1});
        Registration registration = wakeUps.listenToAny(Branch.SUBSCRIPTIONS, heard::incrementAndGet);

        wakeUps.changed(Set.of(mine, another, other));
        assertThat(heard).hasValue(1);
        wakeUps.changed(Set.of(other));
        wakeUps.changed(Set.of());
        assertThat(heard).hasValue(1);
        wakeUps.anyChanged();
        assertThat(heard).hasValue(2);
        registration.close();
        wakeUps.changed(Set.of(mine));
        wakeUps.anyChanged();

        assertThat(heard).hasValue(2);
    }
}
