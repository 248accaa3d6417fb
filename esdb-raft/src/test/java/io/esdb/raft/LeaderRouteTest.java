package io.esdb.raft;

import static io.esdb.raft.Items.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.esdb.QuestionFailed;
import io.esdb.StoreClosed;
import io.esdb.StoreUnavailable;
import io.esdb.raft.PeerAnswer.Done;
import io.esdb.raft.PeerAnswer.NotLeader;
import io.esdb.raft.PeerAnswer.Refused;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LeaderRouteTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final PeerRequest QUESTION = new PeerRequest.Ask("orders", new byte[0]);
    private static final Done ANSWER = new Done(new byte[] {1});

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Duration> deadlines = new CopyOnWriteArrayList<>();
    private final Deque<Supplier<PeerAnswer>> answers = new ArrayDeque<>();
    private volatile List<Member> members = List.of(Member.of("n1", "127.0.0.1:1"), Member.of("n2", "127.0.0.1:2"));
    private volatile Standing standing = new Standing(false, "n1", 5);
    private final LeaderRoute route = new LeaderRoute("orders", this::send, () -> standing, () -> members, timer);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private CompletableFuture<PeerAnswer> send(Member to, PeerRequest request, Duration deadline) {
        assertThat(request).isEqualTo(QUESTION);
        asked.add(to.name());
        deadlines.add(deadline);
        try {
            return CompletableFuture.completedFuture(
                    answers.isEmpty() ? ANSWER : answers.remove().get());
        } catch (NoConnection e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static PeerAnswer noConnection() {
        throw new NoConnection();
    }

    @Test
    void a_request_goes_to_the_leader() {
        assertThat(route.send(QUESTION, LONG).join()).isEqualTo(ANSWER);

        assertThat(asked).containsExactly("n1");
        assertThat(deadlines.get(0)).isLessThanOrEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void it_is_tried_again_while_the_leader_cannot_be_reached() {
        answers.add(LeaderRouteTest::noConnection);
        answers.add(LeaderRouteTest::noConnection);

        assertThat(route.send(QUESTION, LONG).join()).isEqualTo(ANSWER);

        assertThat(asked).containsExactly("n1", "n1", "n1");
    }

    @Test
    void a_hint_is_followed_if_nothing_better_is_known() {
        answers.add(() -> {
            standing = new Standing(false, null, 6);
            return new NotLeader("n2");
        });

        assertThat(route.send(QUESTION, LONG).join()).isEqualTo(ANSWER);

        assertThat(asked).containsExactly("n1", "n2");
    }

    @Test
    void while_no_leader_is_known_the_members_are_asked_in_turn() {
        standing = new Standing(false, null, 5);
        answers.add(() -> new NotLeader(null));
        answers.add(LeaderRouteTest::noConnection);

        assertThat(route.send(QUESTION, LONG).join()).isEqualTo(ANSWER);

        assertThat(asked).containsExactly("n1", "n2", "n1");
    }

    @Test
    void it_waits_until_a_member_is_known() {
        List<Member> all = members;
        members = List.of();
        CompletableFuture<PeerAnswer> answer = route.send(QUESTION, LONG);
        assertThat(answer).isNotDone();

        members = all;

        assertThat(answer.join()).isEqualTo(ANSWER);
    }

    @Test
    void in_place_of_a_leader_whose_address_is_not_known_another_member_is_asked() {
        standing = new Standing(false, "n9", 5);

        assertThat(route.send(QUESTION, LONG).join()).isEqualTo(ANSWER);

        assertThat(asked).containsExactly("n1");
    }

    @Test
    void a_refusal_is_final() {
        answers.add(() -> new Refused("no such thing"));

        CompletableFuture<PeerAnswer> answer = route.send(QUESTION, LONG);

        assertThat(failureOf(answer)).isInstanceOf(QuestionFailed.class).hasMessageContaining("no such thing");
        assertThat(asked).hasSize(1);
    }

    @Test
    void when_its_time_is_over_it_fails_and_says_why() {
        answers.add(LeaderRouteTest::noConnection);

        CompletableFuture<PeerAnswer> answer = route.send(QUESTION, Duration.ZERO);

        assertThat(failureOf(answer)).isInstanceOf(StoreUnavailable.class).hasCauseInstanceOf(NoConnection.class);
    }

    @Test
    void it_goes_on_after_an_unexpected_failure() {
        for (int i = 0; i < 2; i++) {
            answers.add(() -> {
                throw new IllegalStateException("on purpose");
            });
        }

        assertThat(route.send(QUESTION, LONG).join()).isEqualTo(ANSWER);

        assertThat(asked).containsExactly("n1", "n1", "n1");
    }

    @Test
    void it_fails_once_the_node_is_closed() {
        answers.add(LeaderRouteTest::noConnection);
        timer.shutdownNow();

        CompletableFuture<PeerAnswer> answer = route.send(QUESTION, LONG);

        await().until(answer::isDone);
        assertThat(failureOf(answer)).isInstanceOf(StoreClosed.class);
    }

    @Test
    void what_is_under_way_ends_with_the_store_and_nothing_begins_any_more() {
        members = List.of();
        CompletableFuture<PeerAnswer> answer = route.send(QUESTION, LONG);
        assertThat(answer).isNotDone();

        route.close();

        assertThat(answer).isDone();
        assertThat(failureOf(answer)).isInstanceOf(StoreClosed.class);
        assertThat(failureOf(route.send(QUESTION, LONG))).isInstanceOf(StoreClosed.class);
        assertThat(asked).isEmpty();
    }

    private static final class NoConnection extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
