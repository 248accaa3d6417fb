package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.esdb.AppendCondition;
import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.Query;
import io.esdb.QueryItem;
import io.esdb.subscriptions.Selector;
import io.esdb.subscriptions.persistent.PollAnswer.Sent;
import io.esdb.subscriptions.persistent.PollAnswer.Standing;
import io.esdb.subscriptions.persistent.Verdict.Ruling;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is stored and sent comes back as it was; anything else is refused. */
class CodecTest {
    private static final AppendRequest APPEND = AppendRequest.to(
                    "a",
                    ExpectedRevision.exactly(3),
                    EventData.json("T", new byte[] {1, 2}).withTags("x:1", "y"))
            .and(
                    "b",
                    ExpectedRevision.noStream(),
                    EventData.bytes("U", new byte[0]).withMetadata(new byte[] {3}))
            .and("c", ExpectedRevision.exists(), EventData.bytes("U", new byte[0]))
            .onlyIf(new AppendCondition(Query.of(QueryItem.types("T").withTags("x:1"), QueryItem.category("c")), 17));

    @Test
    void anAppendComesBack() {
        assertThat(AppendBytes.decode(AppendBytes.encode(APPEND))).isEqualTo(APPEND);
        assertThat(AppendBytes.encode(APPEND).length).isLessThanOrEqualTo(Outbox.sizeOf(APPEND));
    }

    @Test
    void aPollAndItsAnswerComeBack() {
        Poll poll = new Poll(
                "s",
                "c",
                "n",
                7,
                8,
                9,
                -1,
                List.of(
                        new Verdict(List.of(1L, 2L), Ruling.ACK, "", APPEND),
                        new Verdict(List.of(3L), Ruling.PARK, "why", null)),
                10);
        PollAnswer answer = new PollAnswer(
                Standing.STOPPED,
                "r",
                7,
                8,
                Map.of(3, new Seat.Recall(4, true)),
                List.of(new Sent(1, 2, 3, 4, 5, true)));

        assertThat(Poll.decode(poll.encode())).isEqualTo(poll);
        assertThat(PollAnswer.decode(answer.encode())).isEqualTo(answer);
    }

    @Test
    void aDefinitionComesBack() {
        PersistentOptions options = PersistentOptions.defaults()
                .withOrderBy(OrderBy.tag("customer:"))
                .withStrategy(Strategy.PINNED)
                .withRetries(3, Duration.ofMillis(7), Duration.ofSeconds(9));
        Definition definition = new Definition(
                UUID.randomUUID(), 4, "näme", Selector.types("A", "B"), 12, options, true, "stopped", 99);

        Definition read = Definition.decode(definition.encode());

        assertThat(read).isEqualTo(definition);
    }

    @Test
    void damagedBytesAreRefusedAndTakeNoMemory() {
        Random random = new Random(42);
        List<Verdict> verdicts = List.of(new Verdict(List.of(1L), Ruling.ACK, "", APPEND));
        byte[] good = new Poll("s", "c", "n", 1, 2, 3, 4, verdicts, 5).encode();
        for (int i = 0; i < 2_000; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            Throwable failure = catchThrowable(() -> Poll.decode(bad));
            assertThat(failure == null || failure instanceof RuntimeException).isTrue();
        }
    }
}
