package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.spi.LogIndex;
import io.esdb.spi.LogState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A member whose state is another one at the same entry is named, and nobody else. */
class DigestWatchTest {
    private static final long SAMPLED = 1_023;
    private static final List<Member> MEMBERS =
            List.of(new Member("n1", "127.0.0.1", 1), new Member("n2", "127.0.0.1", 2));

    private final DigestSamples digests = new DigestSamples();
    private final Problems problems = new Problems();
    private List<Member> members = MEMBERS;
    private final List<String> asked = new ArrayList<>();

    @Test
    void a_member_with_another_state_is_a_problem() {
        sample();
        compare(CompletableFuture.completedFuture(new PeerAnswer.Done(new byte[] {1, 2, 4})));
        assertThat(problems.all()).containsExactly("its state differs from that of member 'n2' at entry 1023");
    }

    @Test
    void members_with_the_same_state_are_none_and_this_one_is_not_asked() {
        sample();
        compare(CompletableFuture.completedFuture(new PeerAnswer.Done(new byte[] {1, 2, 3})));
        assertThat(problems.all()).isEmpty();
        assertThat(asked).containsExactly("n2 Digest[store=orders, index=1023]");
    }

    @Test
    void a_member_that_does_not_know_or_answer_is_none() {
        sample();
        compare(CompletableFuture.completedFuture(PeerAnswer.Done.nothing()));
        compare(CompletableFuture.failedFuture(new IllegalStateException("cut off")));
        assertThat(asked).hasSize(2);
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void without_a_sample_nobody_is_asked() {
        compare(CompletableFuture.completedFuture(PeerAnswer.Done.nothing()));
        assertThat(asked).isEmpty();
    }

    @Test
    void a_difference_is_told_once_and_forgotten_when_the_member_has_a_new_copy() {
        sample();
        try (CapturedLog log = new CapturedLog(DigestWatch.class)) {
            for (int i = 0; i < 3; i++) {
                compare(CompletableFuture.completedFuture(new PeerAnswer.Done(new byte[] {1, 2, 4})));
            }
            assertThat(log.events()).hasSize(1);
        }
        compare(CompletableFuture.completedFuture(PeerAnswer.Done.nothing()));
        assertThat(problems.all()).hasSize(1);

        compare(CompletableFuture.completedFuture(new PeerAnswer.Done(new byte[] {1, 2, 3})));

        assertThat(problems.all()).isEmpty();
    }

    @Test
    void a_difference_goes_with_the_member() {
        sample();
        problems.set("log", "something else");
        compare(CompletableFuture.completedFuture(new PeerAnswer.Done(new byte[] {1, 2, 4})));
        assertThat(problems.all()).hasSize(2);

        members = MEMBERS.subList(0, 1);
        compare(CompletableFuture.completedFuture(PeerAnswer.Done.nothing()));

        assertThat(problems.all()).containsExactly("something else");
    }

    private void sample() {
        digests.add(new LogState(new LogIndex(1, SAMPLED), new byte[] {1, 2, 3}));
    }

    private void compare(CompletableFuture<PeerAnswer> answer) {
        Peers peers = (to, request, deadline) -> {
            asked.add(to.name() + " " + request);
            return answer;
        };
        new DigestWatch("n1", peers).compare("orders", digests, problems, members);
    }
}
