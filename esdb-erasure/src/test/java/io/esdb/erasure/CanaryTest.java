package io.esdb.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.StreamRead;
import io.esdb.host.EventStores;
import io.esdb.spi.Branch;
import io.esdb.spi.DocumentKey;
import io.esdb.spi.StoreAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After an erasure no file gives the text away: not the store's, nor those of a backup from before, nor the provider's. */
class CanaryTest {
    private static final List<String> SUBJECTS = List.of("customer-1", "customer-2", "customer-3");
    private static final String ERASED = SUBJECTS.get(0);

    @TempDir
    private Path temp;

    private TestedProvider provider;
    private Path keys;
    private Path backup;

    @BeforeEach
    void folders() throws IOException {
        keys = temp.resolve("keys");
        backup = temp.resolve("backup");
        provider = new TestedProvider(FileKeyProvider.at(keys));
    }

    /** Text that has no four bytes in common with any other, so that the storage's compression leaves it as it is. */
    private static String canary(String name) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void noFileGivesAnErasedSubjectAway() throws Exception {
        byte[] subjectKey;
        try (EventStores stores = EventStores.open(temp.resolve("stores"))) {
            EventStore store = stores.open("crm");
            try (Erasure erasure = Erasure.on(store, provider)) {
                appendCanaries(store, erasure);
                store.backup(backup);
                subjectKey = newestKey(FileKeyProvider.at(keys), ERASED);
                assertThat(holding(subjectKey))
                        .as("the search finds what is there")
                        .isNotEmpty();
                assertThat(texts(stores.open("crm"), erasure)).containsExactlyElementsOf(canaries());
                stores.restore(backup, "before");
                assertThat(readAll(stores.open("before")))
                        .as("a backup can be opened before the erasure")
                        .hasSize(3);

                erasure.erase(ERASED);

                store.backup(temp.resolve("backup-after"));
                assertNothingIsLeft(subjectKey); // while the store is open, and ...
            }
        }
        assertNothingIsLeft(subjectKey); // ... when all is on disk
        for (Path folder : List.of(temp.resolve("stores/crm"), backup)) {
            assertThat(holding(canary("control").getBytes(UTF_8)))
                    .as("a text that was not sealed is found")
                    .anyMatch(file -> file.startsWith(folder));
        }
        assertTheOthersOpen();
    }

    private void appendCanaries(EventStore store, Erasure erasure) {
        for (String subject : SUBJECTS) {
            EventData plain = EventData.bytes("Noted", canary(subject).getBytes(UTF_8))
                    .withMetadata(canary(subject).getBytes(UTF_8));
            store.append("notes", ExpectedRevision.any(), erasure.sealWithMetadata(subject, plain));
        }
        store.append(
                "control",
                ExpectedRevision.any(),
                EventData.bytes("C", canary("control").getBytes(UTF_8)));
    }

    private static byte[] newestKey(RingKeyProvider provider, String subject) throws IOException {
        byte[] ring = provider.load(subject).orElseThrow().bytes();
        return Arrays.copyOfRange(ring, ring.length - 32, ring.length);
    }

    private void assertNothingIsLeft(byte[] subjectKey) throws IOException {
        List<byte[]> secrets = new ArrayList<>(provider.dataKeys);
        secrets.add(subjectKey);
        canaries().forEach(canary -> secrets.add(canary.getBytes(UTF_8)));
        assertThat(secrets).hasSize(7);
        assertThat(holding(secrets.toArray(byte[][]::new)))
                .as("files that hold a key or a text")
                .isEmpty();
    }

    private static List<String> canaries() {
        return SUBJECTS.stream().map(CanaryTest::canary).toList();
    }

    /** With all that is on disk, the provider's files among it. */
    private void assertTheOthersOpen() throws IOException {
        try (EventStores stores = EventStores.open(temp.resolve("stores"))) {
            stores.restore(backup, "restored");
            for (String name : List.of("crm", "before", "restored")) {
                List<Opened> opened = readAll(stores.open(name));
                assertThat(opened.get(0)).as("in '%s'", name).isInstanceOf(Opened.Erased.class);
                for (int i = 1; i < SUBJECTS.size(); i++) {
                    assertThat(new String(opened.get(i).event().data(), UTF_8))
                            .isEqualTo(canaries().get(i));
                    assertThat(new String(opened.get(i).event().metadata(), UTF_8))
                            .isEqualTo(canaries().get(i));
                }
            }
            assertTheWrappedKeyIsOfNoUse((StoreAccess) stores.open("restored"));
        }
    }

    private void assertTheWrappedKeyIsOfNoUse(StoreAccess restored) {
        DocumentKey key = new DocumentKey(Branch.KEYS, ("\1" + ERASED).getBytes(UTF_8));
        byte[] value = restored.documents().get(key).orElseThrow().value();
        KeyRecord.Wrapped wrapped = (KeyRecord.Wrapped) KeyRecord.decode(value);

        assertThatThrownBy(() -> provider.unwrap(ERASED, wrapped.key())).isInstanceOf(KeyDestroyed.class);
        for (String other : SUBJECTS.subList(1, SUBJECTS.size())) {
            assertThatThrownBy(() -> provider.unwrap(other, wrapped.key())).isInstanceOf(IllegalStateException.class);
        }
    }

    private List<Opened> readAll(EventStore store) {
        try (Erasure erasure = Erasure.on(store, provider)) {
            return store.read(StreamRead.forward("notes")).events().stream()
                    .map(erasure::open)
                    .toList();
        }
    }

    private static List<String> texts(EventStore store, Erasure erasure) {
        return erasure.opened(store.read(StreamRead.forward("notes"))).events().stream()
                .map(ErasureFixture::text)
                .toList();
    }

    /** The files that hold one of these. */
    private List<Path> holding(byte[]... secrets) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path file : files()) {
            byte[] content = Files.readAllBytes(file);
            if (Arrays.stream(secrets).anyMatch(secret -> contains(content, secret))) {
                found.add(file);
            }
        }
        return found;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(temp)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static boolean contains(byte[] content, byte[] bytes) {
        for (int at = 0; at <= content.length - bytes.length; at++) {
            if (content[at] == bytes[0] && Arrays.equals(content, at, at + bytes.length, bytes, 0, bytes.length)) {
                return true;
            }
        }
        return false;
    }
}
