package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.StoreClosed;
import io.esdb.StoreUnavailable;
import io.esdb.raft.PeerAnswer.Done;
import io.esdb.raft.PeerAnswer.Phase;
import io.esdb.raft.PeerAnswer.Refused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a node does by what the others say, before it has a part in a store's group. */
@Timeout(60)
class FormationStepsTest {
    private static final UUID GROUP = UUID.randomUUID();
    private static final Member N1 = Member.of("n1", "127.0.0.1:1");
    private static final Member N2 = Member.of("n2", "127.0.0.1:2");
    private static final Member N2_BEFORE = Member.of("n2", "127.0.0.1:22");

    @TempDir
    private Path folder;

    private final List<PeerRequest> asked = new ArrayList<>();
    private final List<Duration> deadlines = new ArrayList<>();

    private RaftOptions options = RaftOptions.of("c", N2, List.of(N1, N2));

    private Opening opening(MemberRecord... record) {
        return new Opening("orders", folder, options, record.length == 0 ? null : record[0]);
    }

    private MemberRecord run(Opening opening, Function<PeerRequest, PeerAnswer> n1) throws Exception {
        Peers peers = (to, request, deadline) -> {
            asked.add(request);
            deadlines.add(deadline);
            return CompletableFuture.completedFuture(n1.apply(request));
        };
        return new Formation("orders", options, peers, opening).run();
    }

    private static MemberRecord prepared(Member self) {
        return new MemberRecord("orders", GROUP, self, MemberRecord.State.FORMING, false, List.of(N1, N2));
    }

    private static PeerAnswer formed(PeerRequest request) {
        return request instanceof PeerRequest.Hello
                ? new PeerAnswer.State(Phase.MEMBER, GROUP, List.of(N1, N2))
                : Done.nothing();
    }

    @Test
    void who_missed_the_second_round_settles() throws Exception {
        MemberRecord record = run(opening(prepared(N2)), FormationStepsTest::formed);

        assertThat(record.state()).isEqualTo(MemberRecord.State.AGREED);
        assertThat(record.isJoining()).isFalse();
        assertThat(asked).hasSize(1);
    }

    @Test
    void who_missed_the_second_round_and_has_another_address_now_joins() throws Exception {
        MemberRecord record = run(opening(prepared(N2_BEFORE)), FormationStepsTest::formed);

        assertThat(record.isJoining()).isTrue();
        assertThat(record.self()).isEqualTo(N2);
        assertThat(asked).contains(new PeerRequest.Join("orders", N2));
        assertThat(MemberRecord.read(folder)).contains(record);
    }

    @Test
    void who_missed_the_second_round_and_is_a_read_replica_now_joins() throws Exception {
        options = options.asListener();

        MemberRecord record = run(opening(prepared(N2)), FormationStepsTest::formed);

        assertThat(record.isJoining()).isTrue();
        assertThat(record.listener()).isTrue();
    }

    @Test
    void a_read_replica_forms_nothing_and_says_so() throws Exception {
        options = options.asListener();
        Opening opening = opening();

        assertThat(opening.prepare(GROUP, List.of(N1, N2)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).contains("'n2' is a read replica"));
        assertThat(opening.record()).isNull();
        assertThat(MemberRecord.read(folder)).isEmpty();
    }

    @Test
    void a_read_replica_that_the_others_take_for_one_who_forms_says_so_in_the_end() {
        options = options.withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(1))
                .asListener();

        assertThatThrownBy(() -> run(opening(), request -> new PeerAnswer.State(Phase.NEW, null, List.of(N1, N2))))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("member 'n1' must not name it, a read replica");
        assertThatThrownBy(() -> run(opening(), request -> new PeerAnswer.State(Phase.NEW, null, List.of(N1))))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("a read replica waits until the others have formed it");
    }

    @Test
    void what_the_leader_has_against_it_is_told_in_the_end() {
        options = options.withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(300));

        assertThatThrownBy(() -> run(
                        opening(),
                        request -> request instanceof PeerRequest.Hello ? formed(request) : new Refused("it runs")))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("it runs");
        assertThat(deadlines).allMatch(deadline -> deadline.compareTo(Duration.ofSeconds(3)) < 0);
    }

    @Test
    void it_ends_with_the_node() throws Exception {
        Opening opening = opening();

        assertThatThrownBy(() -> run(opening, request -> {
                    opening.end();
                    return new PeerAnswer.State(Phase.UNKNOWN, null, List.of());
                }))
                .isInstanceOf(StoreClosed.class);
        assertThat(asked).hasSize(1);
    }
}
