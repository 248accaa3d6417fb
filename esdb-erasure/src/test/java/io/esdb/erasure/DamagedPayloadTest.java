package io.esdb.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventData;
import io.esdb.EventIds;
import io.esdb.RecordedEvent;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Never wrong data, never silence. */
class DamagedPayloadTest extends ErasureFixture {
    private static final long SEED = Long.getLong("erasure.seed", System.nanoTime());

    private final Random random = new Random(SEED);

    private EventData sealed(String subject) {
        return erasure.sealWithMetadata(subject, event("text of " + subject).withMetadata("{}".getBytes(UTF_8)));
    }

    private static RecordedEvent recorded(EventData event) {
        return recorded(event, event.id(), event.type(), event.data(), event.metadata());
    }

    private static RecordedEvent recorded(EventData event, UUID id, String type, byte[] data, byte[] metadata) {
        return new RecordedEvent(
                7,
                "notes-1",
                3,
                id,
                type,
                event.contentType(),
                data,
                event.metadataContentType(),
                metadata,
                event.tags(),
                0);
    }

    private void assertDamaged(RecordedEvent event) {
        PayloadDamaged damaged = failure(PayloadDamaged.class, () -> erasure.open(event));
        assertThat(damaged.position()).as("seed %s", SEED).isEqualTo(7);
        assertThat(damaged.stream()).isEqualTo("notes-1");
        assertThat(damaged.reason()).isNotEmpty();
    }

    @Test
    void everyFlippedBitIsFound() {
        EventData sealed = sealed("s-1");
        for (int bit = 0; bit < 8 * sealed.data().length; bit++) {
            assertDamaged(recorded(sealed, sealed.id(), sealed.type(), flipped(sealed.data(), bit), sealed.metadata()));
        }
        for (int bit = 0; bit < 8 * sealed.metadata().length; bit++) {
            assertDamaged(recorded(sealed, sealed.id(), sealed.type(), sealed.data(), flipped(sealed.metadata(), bit)));
        }
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }

    @Test
    void everyTruncationAndEveryAdditionIsFound() {
        EventData sealed = sealed("s-1");
        byte[] data = sealed.data();
        for (int length = 0; length < data.length; length++) {
            assertDamaged(recorded(sealed, sealed.id(), sealed.type(), Arrays.copyOf(data, length), sealed.metadata()));
        }
        for (int more = 1; more < 40; more++) {
            byte[] longer = Arrays.copyOf(data, data.length + more);
            assertDamaged(recorded(sealed, sealed.id(), sealed.type(), longer, sealed.metadata()));
        }
    }

    @Test
    void aPayloadOfAnotherPlaceIsFound() {
        EventData one = sealed("s-1");
        EventData two = sealed("s-1");
        EventData foreign = sealed("s-2");

        assertDamaged(recorded(one, one.id(), one.type(), two.data(), one.metadata()));
        assertDamaged(recorded(one, one.id(), one.type(), foreign.data(), one.metadata()));
        assertDamaged(recorded(one, one.id(), one.type(), foreign.data(), foreign.metadata()));
        assertDamaged(recorded(one, one.id(), one.type(), one.metadata(), one.data()));
        assertDamaged(recorded(one, EventIds.next(), one.type(), one.data(), one.metadata()));
        assertDamaged(recorded(one, one.id(), "Other", one.data(), one.metadata()));
        assertThat(erasure.opened(recorded(one)).contentType()).isEqualTo(EventData.JSON);
    }

    @Test
    void aPayloadThatNamesAnotherSubjectIsFound() {
        EventData one = sealed("s-1");
        sealed("s-2");
        byte[] renamed = one.data().clone();
        renamed[5] = '2'; // 1 version, 2 length, "s-1"

        assertDamaged(recorded(one, one.id(), one.type(), renamed, one.metadata()));
    }

    @Test
    void aPayloadWhoseSubjectTheStoreDoesNotKnowIsDamaged() {
        EventData one = sealed("s-1");
        byte[] renamed = one.data().clone();
        renamed[5] = '9';
        EventData alone =
                new EventData(one.id(), one.type(), Erasure.SEALED, renamed, EventData.JSON, new byte[0], Set.of());

        assertThat(failure(PayloadDamaged.class, () -> erasure.open(recorded(alone)))
                        .reason())
                .contains("s-9");
    }

    @Test
    void randomBytesThatClaimToBeSealedAreDamaged() {
        for (int i = 0; i < 500; i++) {
            byte[] data = new byte[random.nextInt(200)];
            random.nextBytes(data);
            if (data.length > 3 && random.nextBoolean()) { // a proper beginning
                System.arraycopy(new byte[] {1, 0, (byte) random.nextInt(5)}, 0, data, 0, 3);
            }
            EventData forged = new EventData(
                    EventIds.next(), "Noted", Erasure.SEALED, data, EventData.JSON, new byte[0], Set.of());
            assertDamaged(recorded(forged));
        }
    }

    @Test
    void randomEventsComeBackAsTheyWere() {
        String[] subjects = {"s-1", "größe", "顧客", "x".repeat(256), "\uD83D\uDE00", "a/b", "-"};
        for (int i = 0; i < 300; i++) {
            byte[] data = new byte[i % 50 == 0 ? 500_000 : random.nextInt(2_000)];
            byte[] metadata = new byte[random.nextInt(100)];
            random.nextBytes(data);
            random.nextBytes(metadata);
            String subject = subjects[random.nextInt(subjects.length)];
            EventData plain = new EventData(
                    UUID.randomUUID(),
                    "T" + random.nextInt(5) + "é",
                    "text/" + random.nextInt(),
                    data,
                    "m/x",
                    metadata,
                    Set.of());
            boolean both = random.nextBoolean();

            EventData sealed = both ? erasure.sealWithMetadata(subject, plain) : erasure.seal(subject, plain);
            RecordedEvent opened = erasure.opened(recorded(sealed));

            assertThat(opened).as("seed %s, event %s", SEED, i).isEqualTo(recorded(plain));
        }
    }
}
