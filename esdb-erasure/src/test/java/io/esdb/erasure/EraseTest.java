package io.esdb.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventData;
import io.esdb.RecordedEvent;
import io.esdb.StreamRead;
import io.esdb.erasure.KeyProviderFailed.Operation;
import io.esdb.erasure.SubjectStatus.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EraseTest extends ErasureFixture {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void anErasedSubjectReadsAsErasedAndTheOthersAreThere() {
        RecordedEvent mine = sealed("s-1", "mine");
        RecordedEvent yours = sealed("s-2", "yours");
        RecordedEvent open = append(event("everyone's"));

        assertThat(erasure.erase("s-1")).isTrue();

        Opened.Erased erased = (Opened.Erased) erasure.open(mine);
        assertThat(erased.subject()).isEqualTo("s-1");
        assertThat(erased.erasedAt()).contains(START);
        assertThat(erased.event().data()).isEmpty();
        assertThat(erased.event().contentType()).isEqualTo(Erasure.ERASED);
        assertThat(erased.event())
                .usingRecursiveComparison()
                .ignoringFields("data", "contentType")
                .isEqualTo(mine);
        assertThat(Erasure.isErased(erasure.opened(mine))).isTrue();
        assertThat(text(erasure.opened(yours))).contains("yours");
        assertThat(text(erasure.opened(open))).contains("everyone's");
    }

    @Test
    void sealedMetadataIsErasedAndOtherMetadataIsKept() {
        EventData plain = event("x").withMetadata("{\"user\":1}".getBytes(UTF_8));
        RecordedEvent both = append(erasure.sealWithMetadata("s-1", plain));
        RecordedEvent data = append(erasure.seal("s-1", event("y").withMetadata("{\"user\":1}".getBytes(UTF_8))));

        erasure.erase("s-1");

        assertThat(erasure.opened(both).metadata()).isEmpty();
        assertThat(erasure.opened(both).metadataContentType()).isEqualTo(Erasure.ERASED);
        assertThat(erasure.opened(data).metadata()).isEqualTo("{\"user\":1}".getBytes(UTF_8));
        assertThat(erasure.opened(data).metadataContentType()).isEqualTo(EventData.JSON);
    }

    @Test
    void anErasedSubjectTakesNoMoreOnAnyNode() {
        sealed("s-1", "mine");
        Erasure elsewhere = erasure();
        elsewhere.seal("s-1", event("still fine"));

        erasure.erase("s-1");

        for (Erasure node : List.of(erasure, elsewhere, erasure())) {
            SubjectErased refused = failure(SubjectErased.class, () -> node.seal("s-1", event("more")));
            assertThat(refused.subject()).isEqualTo("s-1");
            assertThat(refused.erasedAt()).contains(START);
        }
    }

    @Test
    void whatWasSealedBeforeAndAppendedAfterwardsReadsAsErased() {
        EventData late = erasure.seal("s-1", event("late"));
        erasure.erase("s-1");

        assertThat(erasure.open(append(late))).isInstanceOf(Opened.Erased.class);
    }

    @Test
    void erasingTwiceChangesNothing() {
        sealed("s-1", "mine");
        erasure.erase("s-1");
        clock.advance(Duration.ofHours(1));

        assertThat(erasure.erase("s-1")).isFalse();

        assertThat(erasure.status("s-1")).contains(new SubjectStatus("s-1", State.ERASED, START));
    }

    @Test
    void aSubjectThatTheStoreDoesNotKnowIsErasedAsWell() {
        assertThat(erasure.status("s-1")).isEmpty();

        assertThat(erasure.erase("s-1")).isFalse();

        assertThat(erasure.status("s-1").map(SubjectStatus::state)).contains(State.ERASED);
        failure(SubjectErased.class, () -> erasure.seal("s-1", event("x")));
        assertThat(provider.destroys).hasValue(1);
    }

    @Test
    void aFailureOfTheProviderLeavesTheSubjectErasedInTheStoreAndIsFinishedByAnotherCall() {
        RecordedEvent mine = sealed("s-1", "mine");
        provider.failure = new IOException("no route to the keys");

        KeyProviderFailed failed = failure(KeyProviderFailed.class, () -> erasure.erase("s-1"));

        assertThat(failed.operation()).isEqualTo(Operation.DESTROY);
        assertThat(failed.subject()).isEqualTo("s-1");
        assertThat(failed).hasCause(provider.failure);
        assertThat(erasure.status("s-1")).contains(new SubjectStatus("s-1", State.ERASING, START));
        assertThat(erasure.open(mine)).isInstanceOf(Opened.Erased.class);
        failure(SubjectErased.class, () -> erasure.seal("s-1", event("x")));
        provider.failure = null;
        clock.advance(Duration.ofHours(1));
        assertThat(erasure.erase("s-1")).isFalse();
        assertThat(erasure.status("s-1")).contains(new SubjectStatus("s-1", State.ERASED, START));
        assertThat(provider.destroys).hasValue(1);
    }

    @Test
    void aProviderThatSaysThatTheKeyIsDestroyedAlreadyHasDoneWhatIsAsked() {
        sealed("s-1", "mine");
        provider.failure = new KeyDestroyed("s-1");

        assertThat(erasure.erase("s-1")).isTrue();

        assertThat(erasure.status("s-1").map(SubjectStatus::state)).contains(State.ERASED);
    }

    @Test
    void theProvidersKeyGoesOnlyWhenTheStoreHasErased() {
        sealed("s-1", "mine");
        provider.beforeDestroy = () ->
                assertThat(erasure.status("s-1").map(SubjectStatus::state)).contains(State.ERASING);

        erasure.erase("s-1");

        assertThat(provider.destroys).hasValue(1);
    }

    @Test
    void aKeyThatTheProviderHasDestroyedByItselfReadsAsErased() throws Exception {
        RecordedEvent mine = sealed("s-1", "mine");
        provider.destroy("s-1");
        Erasure elsewhere = erasure();

        Opened.Erased erased = (Opened.Erased) elsewhere.open(mine);
        SubjectErased refused = failure(SubjectErased.class, () -> elsewhere.seal("s-1", event("x")));

        assertThat(erased.erasedAt()).isEmpty();
        assertThat(refused.erasedAt()).isEmpty();
        assertThat(elsewhere.status("s-1").map(SubjectStatus::state)).contains(State.ACTIVE);
        failure(SubjectErased.class, () -> elsewhere.rewrap("s-1"));
        assertThat(elsewhere.erase("s-1")).isTrue();
        assertThat(elsewhere.status("s-1").map(SubjectStatus::state)).contains(State.ERASED);
    }

    @Test
    void aSubjectWhoseKeyTheProviderHasDestroyedBeforeItCameIsRefused() throws Exception {
        provider.destroy("s-1");

        failure(SubjectErased.class, () -> erasure.seal("s-1", event("x")));

        assertThat(erasure.status("s-1")).isEmpty();
    }

    @Test
    void aProviderThatFailsIsNotTakenForAnErasure() {
        RecordedEvent mine = sealed("s-1", "mine");
        Erasure elsewhere = erasure();
        provider.failure = new IllegalStateException("busy");

        KeyProviderFailed opening = failure(KeyProviderFailed.class, () -> elsewhere.open(mine));
        KeyProviderFailed sealing = failure(KeyProviderFailed.class, () -> elsewhere.seal("s-9", event("x")));

        assertThat(opening.operation()).isEqualTo(Operation.UNWRAP);
        assertThat(sealing.operation()).isEqualTo(Operation.WRAP);
        assertThat(erasure.status("s-9")).isEmpty();
        provider.failure = null;
        assertThat(text(elsewhere.opened(mine))).contains("mine");
    }

    @Test
    void aProviderThatReturnsAnotherKeyIsNotBelieved() {
        RecordedEvent mine = sealed("s-1", "mine");
        Erasure elsewhere = erasure();
        for (int bytes : new int[] {0, 16, 32, 64}) {
            provider.unwrapped = new byte[bytes];
            assertThat(failure(KeyProviderFailed.class, () -> elsewhere.open(mine)))
                    .hasMessageContaining("another key");
            failure(KeyProviderFailed.class, () -> elsewhere.seal("s-1", event("x")));
            failure(KeyProviderFailed.class, () -> elsewhere.seal("s-9", event("x")));
        }

        assertThat(elsewhere.status("s-9"))
                .as("a key that cannot be unwrapped is not stored")
                .isEmpty();
    }

    @Test
    void aProviderThatWrapsIntoNothingOrTooMuchIsNotBelieved() {
        for (int bytes : new int[] {0, KeyProvider.MOST_WRAPPED_BYTES + 1}) {
            provider.wrapped = new byte[bytes];
            assertThat(failure(KeyProviderFailed.class, () -> erasure.seal("s-1", event("x"))))
                    .hasMessageContaining(bytes + " bytes");
        }
        assertThat(erasure.status("s-1")).isEmpty();
    }

    @Test
    void rewrappingKeepsThePayloadsAndUsesTheNewestKeyOfTheProvider() throws Exception {
        MemoryKeyProvider keys = new MemoryKeyProvider();
        try (Erasure own = Erasure.on(store, keys)) {
            RecordedEvent mine = append(own.seal("s-1", event("mine")));
            keys.rotate("s-1");
            assertThat(own.rewrap("s-1")).isTrue();
            keys.retire("s-1");

            try (Erasure elsewhere = Erasure.on(store, keys)) {
                assertThat(text(elsewhere.opened(mine))).contains("mine");
                assertThat(elsewhere.rewrap("s-unknown")).isFalse();
                elsewhere.erase("s-1");
                failure(SubjectErased.class, () -> own.rewrap("s-1"));
            }
        }
    }

    @Test
    void subjectsAreListedPageByPage() {
        List<String> names = IntStream.range(0, 7).mapToObj(i -> "s-" + i).toList();
        names.forEach(name -> erasure.seal(name, event("x")));
        erasure.erase("s-3");
        erasure.seal("a", event("x"));
        erasure.seal("s-3x", event("x"));
        erasure.seal("zé", event("x"));

        SubjectPage first = erasure.subjects("", 5);
        SubjectPage second = erasure.subjects(first.next(), 5);
        SubjectPage none = erasure.subjects(second.next(), 5);

        assertThat(first.subjects())
                .extracting(SubjectStatus::subject)
                .containsExactly("a", "s-0", "s-1", "s-2", "s-3");
        assertThat(first.subjects().get(4)).isEqualTo(new SubjectStatus("s-3", State.ERASED, START));
        assertThat(first.subjects().get(0).erasedAt()).isEqualTo(Optional.empty());
        assertThat(first.end()).isFalse();
        assertThat(second.subjects())
                .extracting(SubjectStatus::subject)
                .containsExactly("s-3x", "s-4", "s-5", "s-6", "zé");
        assertThat(second.end()).isTrue();
        assertThat(none).isEqualTo(new SubjectPage(List.of(), "zé", true));
    }

    @Test
    void erasedEventsAreReadWithoutTheProvider() {
        sealed("s-1", "mine");
        sealed("s-1", "too");
        erasure.erase("s-1");
        provider.failure = new IllegalStateException("gone");

        assertThat(erasure().opened(store.read(StreamRead.forward("notes-1"))).events())
                .hasSize(2)
                .allMatch(Erasure::isErased);
    }
}
