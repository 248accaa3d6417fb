package io.esdb.subscriptions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Data that is made to hurt fits nothing, and the subscription goes on to the next event. */
class HostileDataTest extends SubscriptionFixture {
    private static final int LARGE = 900_000;

    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            "{",
            "{\"n\":1}{\"n\":1}",
            "{\"n\":1,\"n\":1}",
            "{\"n\":01}",
            "{\"n\":" + "9".repeat(LARGE) + "}",
            "{\"n\":1e999999999999}",
            "[".repeat(LARGE),
            "{\"n\":".repeat(LARGE / 5),
            "{\"n\":\"" + "x".repeat(LARGE) + "\"}",
            "{\"" + "n".repeat(LARGE) + "\":1}",
            "\uFEFF{\"n\":1}");

    @Test
    void isPassedOverByPatterns() {
        Recorder payload = new Recorder();
        Recorder fields = new Recorder();
        Recorder all = new Recorder();
        Subscription one = subscriptions.subscribe(Selector.payload("{\"n\":1}"), From.start(), payload);
        Subscription two = subscriptions.subscribe(Selector.event("{\"data\":{\"n\":1}}"), From.start(), fields);
        subscriptions.subscribe(Selector.all(), From.start(), all);
        HOSTILE.forEach(data -> append(data.getBytes(UTF_8)));
        append(new byte[] {(byte) 0xC0, (byte) 0x80, '{', '}'});
        append("{\"n\":1}".getBytes(UTF_8));
        long last = HOSTILE.size() + 1L;
        awaitPositions(all, positions(0, last));
        awaitPositions(payload, List.of(last));
        awaitPositions(fields, List.of(last));
        await().until(() -> one.status().lag() == 0 && two.status().lag() == 0);
        assertThat(one.status().lastError()).isNull();
    }

    private void append(byte[] data) {
        store.append("hostile", ExpectedRevision.any(), EventData.json("Happened", data));
    }
}
