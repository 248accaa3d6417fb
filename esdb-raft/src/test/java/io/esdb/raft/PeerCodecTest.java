package io.esdb.raft;

import static io.esdb.raft.Items.bytes;
import static io.esdb.raft.Items.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.esdb.raft.Forwarding.Batch;
import io.esdb.raft.PeerAnswer.Done;
import io.esdb.raft.PeerAnswer.NotLeader;
import io.esdb.raft.PeerAnswer.Phase;
import io.esdb.raft.PeerAnswer.Refused;
import io.esdb.raft.PeerAnswer.State;
import io.esdb.raft.PeerRequest.Add;
import io.esdb.raft.PeerRequest.Ask;
import io.esdb.raft.PeerRequest.Digest;
import io.esdb.raft.PeerRequest.Forward;
import io.esdb.raft.PeerRequest.Hello;
import io.esdb.raft.PeerRequest.Join;
import io.esdb.raft.PeerRequest.Prepare;
import io.esdb.raft.PeerRequest.Remove;
import io.esdb.raft.PeerRequest.Removed;
import io.esdb.raft.PeerRequest.Settle;
import io.esdb.raft.PeerRequest.Transfer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PeerCodecTest {
    private static final UUID GROUP = UUID.fromString("01234567-89ab-cdef-8123-456789abcdef");
    private static final Member ONE = Member.of("n1", "127.0.0.1:7001");
    private static final Member TWO = Member.of("n2", "[::1]:7002");
    private static final List<PeerRequest> REQUESTS = List.of(
            new Hello("orders"),
            new Prepare("orders", GROUP, List.of(ONE, TWO)),
            new Settle("orders", GROUP),
            new Join("orders", ONE),
            new Add("orders", TWO, true),
            new Add("orders", TWO, false),
            new Remove("orders", "n1"),
            new Transfer("orders", "n2"),
            new Removed("orders", GROUP, "n2"),
            new Forward("orders", new Batch(-1, 5, 9, List.of(item(-1, 3, "a"), item(-1, 4, "")))),
            new Ask("orders", bytes("what?")),
            new Digest("orders", 1023));
    private static final List<PeerAnswer> ANSWERS = List.of(
            Done.nothing(),
            new Done(bytes("this")),
            new NotLeader("n2"),
            new NotLeader(null),
            new Refused("für immer"),
            new State(Phase.UNKNOWN, null, List.of()),
            new State(Phase.MEMBER, GROUP, List.of(ONE, TWO)));

    private static void assertRefused(byte[] bytes) {
        assertThatIllegalArgumentException().as("as a request").isThrownBy(() -> PeerCodec.request(bytes));
        assertThatIllegalArgumentException().as("as an answer").isThrownBy(() -> PeerCodec.answer(bytes));
    }

    @Test
    void every_kind_is_tried_here() {
        assertThat(REQUESTS.stream().map(Object::getClass).distinct())
                .hasSameElementsAs(Arrays.asList(PeerRequest.class.getPermittedSubclasses()));
        assertThat(ANSWERS.stream().map(Object::getClass).distinct())
                .hasSameElementsAs(Arrays.asList(PeerAnswer.class.getPermittedSubclasses()));
    }

    @Test
    void every_request_comes_back_as_it_was() {
        for (PeerRequest request : REQUESTS) {
            assertThat(PeerCodec.request(PeerCodec.encode(request)))
                    .usingRecursiveComparison()
                    .isEqualTo(request);
            assertThat(PeerCodec.request(PeerCodec.encode(request))).hasSameClassAs(request);
        }
    }

    @Test
    void every_answer_comes_back_as_it_was() {
        for (PeerAnswer answer : ANSWERS) {
            assertThat(PeerCodec.answer(PeerCodec.encode(answer)))
                    .usingRecursiveComparison()
                    .isEqualTo(answer);
            assertThat(PeerCodec.answer(PeerCodec.encode(answer))).hasSameClassAs(answer);
        }
    }

    @Test
    void every_phase_has_a_code_of_its_own_that_never_changes() {
        assertThat(Phase.values()).containsExactly(Phase.UNKNOWN, Phase.NEW, Phase.PREPARED, Phase.MEMBER);
        for (Phase phase : Phase.values()) {
            State state = new State(phase, GROUP, List.of());
            assertThat(PeerCodec.answer(PeerCodec.encode(state))).isEqualTo(state);
        }
    }

    @Test
    void what_is_cut_short_or_too_long_is_refused() {
        for (PeerRequest request : REQUESTS) {
            byte[] bytes = PeerCodec.encode(request);
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatIllegalArgumentException().isThrownBy(() -> PeerCodec.request(cut));
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PeerCodec.request(Arrays.copyOf(bytes, bytes.length + 1)));
        }
    }

    @Test
    void unknown_tags_are_refused() {
        assertRefused(new byte[] {0, 0, 0});
        assertRefused(new byte[] {100, 0, 0});
    }

    @Test
    void a_member_that_cannot_be_is_refused() {
        byte[] bytes = PeerCodec.encode(new Join("orders", ONE));
        bytes[bytes.length - 1] = 'x';

        assertThatIllegalArgumentException().isThrownBy(() -> PeerCodec.request(bytes));
    }

    @Test
    void a_length_that_cannot_be_is_refused_before_memory_is_taken_for_it() {
        byte[] bytes = PeerCodec.encode(new Ask("", new byte[1]));
        bytes[3] = 0x7f;

        assertThatIllegalArgumentException().isThrownBy(() -> PeerCodec.request(bytes));
    }

    @Test
    void whatever_the_bytes_are_they_are_understood_or_refused() {
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            for (PeerRequest request : REQUESTS) {
                refused += isRefused(() -> PeerCodec.request(Mutations.of(PeerCodec.encode(request), random)));
            }
            for (PeerAnswer answer : ANSWERS) {
                refused += isRefused(() -> PeerCodec.answer(Mutations.of(PeerCodec.encode(answer), random)));
            }
        }
        assertThat(refused).isBetween(5_000, 35_000);
    }

    private static int isRefused(Runnable reading) {
        try {
            reading.run();
            return 0;
        } catch (IllegalArgumentException e) {
            return 1;
        }
    }
}
