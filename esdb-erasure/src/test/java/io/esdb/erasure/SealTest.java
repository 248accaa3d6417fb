package io.esdb.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendResult;
import io.esdb.EventData;
import io.esdb.EventIds;
import io.esdb.EventPage;
import io.esdb.ExpectedRevision;
import io.esdb.LimitExceeded;
import io.esdb.LogRead;
import io.esdb.RecordedEvent;
import io.esdb.StreamRead;
import io.esdb.json.EventTypes;
import io.esdb.json.JsonEvents;
import io.esdb.json.WrongContentType;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealTest extends ErasureFixture {
    record Moved(String street, int number) {}

    private final JsonEvents json = JsonEvents.of(EventTypes.none().with("Moved", Moved.class));

    @Test
    void aSealedEventOpensAsItWas() {
        EventData plain = event("in confidence")
                .withMetadata("{\"user\":1}".getBytes(UTF_8))
                .withTags("a", "b");

        EventData sealed = erasure.seal("s-1", plain);
        RecordedEvent recorded = append(sealed);
        RecordedEvent opened = erasure.opened(recorded);

        assertThat(sealed.contentType()).isEqualTo(Erasure.SEALED);
        assertThat(new String(sealed.data(), UTF_8))
                .doesNotContain("confidence")
                .contains("s-1");
        assertThat(sealed.id()).isEqualTo(plain.id());
        assertThat(sealed.type()).isEqualTo(plain.type());
        assertThat(sealed.tags()).isEqualTo(plain.tags());
        assertThat(sealed.metadata()).isEqualTo(plain.metadata());
        assertThat(opened)
                .usingRecursiveComparison()
                .ignoringFields("data", "contentType")
                .isEqualTo(recorded);
        assertThat(opened.data()).isEqualTo(plain.data());
        assertThat(opened.contentType()).isEqualTo(EventData.JSON);
        assertThat(Erasure.isErased(opened)).isFalse();
    }

    @Test
    void metadataIsSealedOnRequest() {
        EventData plain = new EventData(
                EventIds.next(),
                "Noted",
                "text/plain",
                "data".getBytes(UTF_8),
                "text/x",
                "meta".getBytes(UTF_8),
                Set.of());

        EventData sealed = erasure.sealWithMetadata("s-1", plain);
        RecordedEvent opened = erasure.opened(append(sealed));

        assertThat(sealed.metadataContentType()).isEqualTo(Erasure.SEALED);
        assertThat(new String(sealed.metadata(), UTF_8)).doesNotContain("meta");
        assertThat(opened.metadata()).isEqualTo(plain.metadata());
        assertThat(opened.metadataContentType()).isEqualTo("text/x");
        assertThat(opened.data()).isEqualTo(plain.data());
        assertThat(opened.contentType()).isEqualTo("text/plain");
    }

    @Test
    void anEventThatWasNeverSealedPassesThrough() {
        RecordedEvent plain = append(event("public"));

        assertThat(erasure.open(plain)).isEqualTo(new Opened.Plain(plain));
        assertThat(erasure.opened(plain)).isSameAs(plain);
        assertThat(provider.unwraps).hasValue(0);
    }

    @Test
    void aPageIsOpenedAsAWhole() {
        sealed("s-1", "one");
        append(event("two"));
        sealed("s-2", "three");
        EventPage page = store.read(StreamRead.forward("notes-1").limit(3));

        EventPage opened = erasure.opened(page);

        assertThat(opened.events())
                .extracting(ErasureFixture::text)
                .containsExactly("{\"text\":\"one\"}", "{\"text\":\"two\"}", "{\"text\":\"three\"}");
        assertThat(opened.next()).isEqualTo(page.next());
        assertThat(opened.end()).isEqualTo(page.end());
        assertThat(opened.asOf()).isEqualTo(page.asOf());
    }

    @Test
    void theSameEventSealedAgainIsARetryForTheStore() {
        EventData plain = event("once");
        AppendResult first = store.append("notes-1", ExpectedRevision.noStream(), erasure.seal("s-1", plain));

        AppendResult again =
                store.append("notes-1", ExpectedRevision.noStream(), erasure().seal("s-1", plain));

        assertThat(again).isEqualTo(first);
        assertThat(store.read(LogRead.forward()).events()).hasSize(1);
    }

    @Test
    void theSameEventMayBeSealedOverAndOver() {
        EventData plain = event("again");
        EventData sealed = erasure.seal("s-1", plain);

        for (int i = 0; i < 200; i++) { // more than there are ciphers to be used again
            assertThat(erasure.seal("s-1", plain)).isEqualTo(sealed);
        }
    }

    /** With one key and one nonce two ciphertexts would tell their difference. */
    @Test
    void otherContentUnderTheSameIdHasAnotherNonce() {
        EventData plain = event("one");
        int at = 3 + "s-1".length();
        byte[] one = erasure.seal("s-1", plain).data();
        byte[] two = erasure.seal("s-1", event("two").withId(plain.id())).data();

        assertThat(Arrays.copyOfRange(one, 0, at)).isEqualTo(Arrays.copyOfRange(two, 0, at));
        assertThat(Arrays.copyOfRange(one, at, at + 12)).isNotEqualTo(Arrays.copyOfRange(two, at, at + 12));
    }

    @Test
    void equalContentLooksDifferentInEachEventAndForEachSubject() {
        EventData one = event("the same");
        byte[] first = erasure.seal("s-1", one).data();
        byte[] other = erasure.seal("s-1", one.withId(EventIds.next())).data();
        byte[] foreign = erasure.seal("s-2", one).data();
        int at = 3 + 3; // behind the subject

        assertThat(tail(first, at)).isNotEqualTo(tail(other, at)).isNotEqualTo(tail(foreign, at));
        assertThat(tail(first, first.length - 16)).isNotEqualTo(tail(other, other.length - 16));
    }

    private static byte[] tail(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    @Test
    void overheadIsWhatSealingAddsAndCountsTowardsTheLimitOfTheStore() {
        EventData plain = EventData.bytes("Blob", new byte[(1 << 20) - 10]).withMetadata(new byte[5]);
        int overhead = Erasure.overhead("größe", EventData.BYTES);

        EventData data = erasure.seal("größe", plain);
        EventData both = erasure.sealWithMetadata("größe", plain);

        assertThat(data.size()).isEqualTo(plain.size() + overhead);
        assertThat(both.size()).isEqualTo(data.size() + Erasure.overhead("größe", EventData.JSON));
        LimitExceeded exceeded = failure(LimitExceeded.class, () -> append(data));
        assertThat(exceeded.field()).isEqualTo("eventBytes");
        assertThat(exceeded.actual()).isEqualTo(data.size());
    }

    @Test
    void typedEventsAreHandedOverInBothDirections() {
        Moved moved = new Moved("Rue Haute", 7);

        RecordedEvent recorded =
                append(erasure.sealWithMetadata("s-1", json.toEvent(moved, EventIds.next(), Map.of("user", "ann"))));

        assertThat(json.fromEvent(erasure.opened(recorded))).isEqualTo(moved);
        Object metadata = json.metadata(erasure.opened(recorded), Map.class);
        assertThat(metadata).isEqualTo(Map.of("user", "ann"));
        failure(WrongContentType.class, () -> json.fromEvent(recorded));
        erasure.erase("s-1");
        WrongContentType erased = failure(WrongContentType.class, () -> json.fromEvent(erasure.opened(recorded)));
        assertThat(erased.contentType()).isEqualTo(Erasure.ERASED);
    }

    @Test
    void keysAreMadeOncePerSubjectAndUnwrappedOnce() {
        RecordedEvent first = sealed("s-1", "a");
        sealed("s-1", "b");
        sealed("s-2", "c");
        erasure.opened(first);

        assertThat(provider.wraps).hasValue(2);
        assertThat(provider.unwraps).as("one check of each new key").hasValue(2);
        Erasure elsewhere = erasure();
        elsewhere.opened(first);
        elsewhere.opened(first);
        assertThat(provider.unwraps).hasValue(3);
        assertThat(provider.dataKeys.get(0)).isNotEqualTo(provider.dataKeys.get(1));
    }
}
