package io.esdb.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import io.esdb.RecordedEvent;
import io.esdb.StoreClosed;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class WrongUseTest extends ErasureFixture {
    private static void assertInvalid(String field, ThrowingCallable call) {
        assertThat(failure(InvalidInput.class, call).field()).isEqualTo(field);
    }

    @Test
    void badSubjectsAreRefused() {
        for (String bad : new String[] {null, "", "a\nb", "\u0000", "\uD800", "x\uDC00y"}) {
            assertInvalid("subject", () -> erasure.seal(bad, event("x")));
            assertInvalid("subject", () -> erasure.sealWithMetadata(bad, event("x")));
            assertInvalid("subject", () -> erasure.erase(bad));
            assertInvalid("subject", () -> erasure.rewrap(bad));
            assertInvalid("subject", () -> erasure.status(bad));
            assertInvalid("subject", () -> Erasure.overhead(bad, "x"));
        }
        assertInvalid("subject", () -> erasure.subjects("\n", 1));
        LimitExceeded tooLong = failure(LimitExceeded.class, () -> erasure.erase("é".repeat(129)));
        assertThat(tooLong.field()).isEqualTo("subjectBytes");
        assertThat(tooLong.limit()).isEqualTo(256);
        assertThat(tooLong.actual()).isEqualTo(258);
        assertThat(erasure.erase("é".repeat(128))).isFalse();
        assertThat(erasure.subjects("", 10).subjects()).hasSize(1);
    }

    @Test
    void badArgumentsAreRefused() {
        assertInvalid("event", () -> erasure.seal("s-1", null));
        assertInvalid("event", () -> erasure.opened((RecordedEvent) null));
        assertInvalid("limit", () -> erasure.subjects("", 0));
        assertInvalid("limit", () -> erasure.subjects("", 1_001));
        assertInvalid("after", () -> erasure.subjects(null, 1));
        assertInvalid("store", () -> Erasure.on(null, provider));
        assertInvalid("provider", () -> Erasure.on(store, null));
        assertInvalid("options", () -> Erasure.on(store, provider, null));
        assertInvalid("keys", () -> ErasureOptions.defaults().withKeys(0));
        assertInvalid("keys", () -> ErasureOptions.defaults().withKeys(1_000_001));
        assertInvalid("keptFor", () -> ErasureOptions.defaults().withKeptFor(Duration.ofMillis(999)));
        assertInvalid("keptFor", () -> ErasureOptions.defaults().withKeptFor(Duration.ofDays(2)));
        assertInvalid("keptFor", () -> ErasureOptions.defaults().withKeptFor(null));
    }

    @Test
    void whatIsSealedOrErasedIsNotSealedAgain() {
        EventData sealed = erasure.sealWithMetadata("s-1", event("x"));
        EventData data = erasure.seal("s-1", event("x"));
        EventData erased = new EventData(
                sealed.id(), "T", EventData.JSON, new byte[0], Erasure.ERASED, new byte[0], sealed.tags());

        assertInvalid("contentType", () -> erasure.seal("s-2", sealed));
        assertInvalid("contentType", () -> erasure.seal("s-1", data));
        assertInvalid("metadataContentType", () -> erasure.seal("s-1", erased));
    }

    @Test
    void hugeEventsAndContentTypesAreRefusedBeforeAKeyIsMade() {
        LimitExceeded huge = failure(
                LimitExceeded.class, () -> erasure.seal("s-1", EventData.bytes("Blob", new byte[(16 << 20) + 1])));
        EventData longType = new EventData(
                event("x").id(), "T", "x".repeat(1_025), new byte[1], EventData.JSON, new byte[0], Set.of());
        LimitExceeded type = failure(LimitExceeded.class, () -> erasure.seal("s-1", longType));

        assertThat(huge.field()).isEqualTo("eventBytes");
        assertThat(type.field()).isEqualTo("contentTypeBytes");
        assertThat(erasure.status("s-1")).isEmpty();
    }

    @Test
    void aStoreOfAnotherKindIsRefused() {
        EventStore foreign = (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, args) -> null);

        assertInvalid("store", () -> Erasure.on(foreign, provider));
    }

    @Test
    void aClosedErasureSaysSoAndTheStoreGoesOn() {
        RecordedEvent mine = sealed("s-1", "mine");
        erasure.close();
        erasure.close();

        List<ThrowingCallable> calls = List.of(
                () -> erasure.seal("s-1", event("x")),
                () -> erasure.sealWithMetadata("s-1", event("x")),
                () -> erasure.open(mine),
                () -> erasure.opened(mine),
                () -> erasure.erase("s-1"),
                () -> erasure.rewrap("s-1"),
                () -> erasure.status("s-1"),
                () -> erasure.subjects("", 1));

        for (ThrowingCallable call : calls) {
            assertThat(failure(ErasureClosed.class, call).store()).isEqualTo("test");
        }
        assertThat(text(erasure().opened(mine))).contains("mine");
    }

    @Test
    void aClosedStoreSaysSo() {
        RecordedEvent mine = sealed("s-1", "mine");
        store.close();

        failure(StoreClosed.class, () -> erasure.seal("s-9", event("x")));
        failure(StoreClosed.class, () -> erasure.erase("s-1"));
        failure(StoreClosed.class, () -> erasure.rewrap("s-1"));
        failure(StoreClosed.class, () -> erasure.status("s-1"));
        failure(StoreClosed.class, () -> erasure.subjects("", 1));
        failure(StoreClosed.class, () -> Erasure.on(store, provider));
        erasure.close();
        failure(ErasureClosed.class, () -> erasure.open(mine));
    }

    @Test
    void keysAreInNoText() {
        DataKey key = new DataKey("0123456789abcdef0123456789abcdef".getBytes(UTF_8));

        assertThat(key).hasToString("DataKey");
        assertThat(new RawKey(key.encoded(), "AES")).hasToString("RawKey");
        assertThat(new SubjectKey.Usable(key).toString()).isEqualTo("Usable[key=DataKey]");
        assertThat(KeyRing.destroyed()).hasToString("KeyRing");
    }
}
