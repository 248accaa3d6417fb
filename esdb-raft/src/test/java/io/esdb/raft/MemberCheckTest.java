package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.raft.PeerAnswer.Done;
import io.esdb.raft.PeerAnswer.Phase;
import io.esdb.raft.PeerAnswer.State;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Changes of members that a group would not survive. */
class MemberCheckTest {
    private static final Member N1 = Member.of("n1", "127.0.0.1:1");
    private static final Member N2 = Member.of("n2", "127.0.0.1:2");
    private static final Member N3 = Member.of("n3", "127.0.0.1:3");
    private static final Member N4 = Member.of("n4", "127.0.0.1:4");
    private static final List<Member> VOTERS = List.of(N1, N2, N3);

    private static MemberCheck check(List<Member> voters, Member... there) {
        return new MemberCheck(
                voters,
                List.of(N4),
                asked -> asked.stream().filter(List.of(there)::contains).toList());
    }

    @Test
    void a_new_member_joins_and_one_that_is_there_already_may_be_asked_for_again() {
        MemberCheck check = check(VOTERS, N1, N2, N3, N4);

        assertThat(check.againstJoining(Member.of("n5", "127.0.0.1:5"))).isEmpty();
        assertThat(check.againstJoining(N3)).isEmpty();
        assertThat(check.againstJoining(N4)).isEmpty();
    }

    @Test
    void nobody_joins_at_the_address_of_a_voter_or_listener_that_runs_or_not() {
        assertThat(check(VOTERS, N1, N2).againstJoining(Member.of("n5", "127.0.0.1:3")))
                .hasValueSatisfying(reason -> assertThat(reason).contains("member 'n3' has the address 127.0.0.1:3"));
        assertThat(check(VOTERS, N1, N2).againstJoining(Member.of("n5", "127.0.0.1:4")))
                .isPresent();
    }

    @Test
    void nobody_joins_under_the_name_of_a_member_that_runs_elsewhere() {
        assertThat(check(VOTERS, N1, N2, N3).againstJoining(Member.of("n3", "127.0.0.1:5")))
                .hasValueSatisfying(reason -> assertThat(reason).contains("member 'n3' runs at 127.0.0.1:3"));
        assertThat(check(VOTERS, N1, N2).againstJoining(Member.of("n3", "127.0.0.1:5")))
                .isEmpty();
        assertThat(check(VOTERS, N1, N2, N4).againstJoining(Member.of("n4", "127.0.0.1:5")))
                .isPresent();
    }

    @Test
    void a_majority_of_those_who_are_left_has_to_be_there() {
        assertThat(check(VOTERS, N1, N2).againstLosing("n3")).isEmpty();
        assertThat(check(VOTERS, N1, N2).againstLosing("n2"))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("without 'n2' there would be no majority", "n1 at 127.0.0.1:1", "n3 at 127.0.0.1:3"));
        assertThat(check(List.of(N1, N2), N1).againstLosing("n2")).isEmpty();
        assertThat(check(List.of(N1, N2), N1).againstLosing("n1")).isPresent();
        assertThat(check(List.of(N1), N1).againstLosing("n1")).isPresent();
    }

    @Test
    void who_does_not_vote_can_always_go() {
        assertThat(check(VOTERS, N1, N2).againstLosing("n4")).isEmpty();
        assertThat(check(List.of(N1), N1).againstLosing("n9")).isEmpty();
    }

    @Test
    void who_is_there_says_so_of_the_same_group() {
        UUID group = UUID.randomUUID();
        Map<Member, CompletableFuture<PeerAnswer>> answers = Map.of(
                N1, CompletableFuture.completedFuture(new State(Phase.MEMBER, group, VOTERS)),
                N2, CompletableFuture.completedFuture(new State(Phase.MEMBER, UUID.randomUUID(), VOTERS)),
                N3, CompletableFuture.completedFuture(new State(Phase.NEW, null, VOTERS)),
                N4, CompletableFuture.failedFuture(new IOException("refused")));
        Member n5 = Member.of("n5", "127.0.0.1:5");

        Presence presence = new Presence(
                "orders",
                group,
                (to, request, deadline) -> answers.getOrDefault(to, CompletableFuture.completedFuture(Done.nothing())),
                Formation.ANSWER);

        assertThat(presence.of(List.of(N1, N2, N3, N4, n5))).containsExactly(N1);
    }
}
