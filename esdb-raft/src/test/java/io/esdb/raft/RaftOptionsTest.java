package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.InvalidInput;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RaftOptionsTest {
    private static final Member N1 = Member.of("n1", "127.0.0.1:1");
    private static final Member N2 = Member.of("n2", "127.0.0.1:2");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RaftOptions options = RaftOptions.of("c", N1, List.of(N1, N2));

    private static void refuses(String field, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    @Test
    void the_clusters_name_has_1_to_64_characters() {
        assertThatCode(() -> RaftOptions.of("ü".repeat(64), N1, List.of(N1))).doesNotThrowAnyException();
        refuses("cluster", () -> RaftOptions.of("", N1, List.of(N1)));
        refuses("cluster", () -> RaftOptions.of("c".repeat(65), N1, List.of(N1)));
    }

    @Test
    void a_voter_is_among_the_members_and_nobody_is_named_twice() {
        refuses("members", () -> RaftOptions.of("c", N1, List.of(N2)));
        refuses("members", () -> RaftOptions.of("c", N1, List.of(N1, N2, Member.of("n2", "127.0.0.1:3"))));
        refuses("members", () -> RaftOptions.of("c", N1, List.of(Member.of("n1", "127.0.0.1:3"), N2)));
    }

    @Test
    void a_read_replica_names_somebody_else() {
        assertThat(options.asListener().listener()).isTrue();
        refuses("members", () -> RaftOptions.of("c", N1, List.of(N1)).asListener());
    }

    @Test
    void times_and_sizes_have_bounds() {
        refuses("electionTimeout", () -> options.withTimeouts(Duration.ofMillis(49), MINUTE));
        refuses("electionTimeout", () -> options.withTimeouts(MINUTE.plusNanos(1), MINUTE));
        refuses("formationTimeout", () -> options.withTimeouts(MINUTE, Duration.ZERO));
        refuses(
                "formationTimeout",
                () -> options.withTimeouts(MINUTE, Duration.ofDays(1).plusNanos(1)));
        refuses("entryBytes", () -> options.withLog((64 << 10) - 1, 1, 0));
        refuses("entryBytes", () -> options.withLog((64 << 20) + 1, 1, 0));
        refuses("imageAfter", () -> options.withLog(64 << 10, 0, 0));
        refuses("entriesKept", () -> options.withLog(64 << 10, 1, -1));
    }

    @Test
    void each_wither_changes_its_own_and_nothing_else() {
        NetworkFilter closed = (from, to) -> false;
        RaftOptions changed = options.withTimeouts(Duration.ofMillis(50), Duration.ofDays(1))
                .withLog(64 << 20, 7, 8)
                .withoutSecurity()
                .withNetwork(closed)
                .asListener();

        assertThat(changed)
                .isEqualTo(new RaftOptions(
                        "c",
                        N1,
                        List.of(N1, N2),
                        true,
                        Duration.ofMillis(50),
                        Duration.ofDays(1),
                        64 << 20,
                        7,
                        8,
                        null,
                        true,
                        closed));
    }
}
