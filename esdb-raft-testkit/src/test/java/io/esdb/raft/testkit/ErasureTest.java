package io.esdb.raft.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.StreamRead;
import io.esdb.erasure.Erasure;
import io.esdb.erasure.FileKeyProvider;
import io.esdb.erasure.KeyProvider;
import io.esdb.erasure.Opened;
import io.esdb.erasure.SubjectErased;
import io.esdb.erasure.SubjectStatus;
import io.esdb.host.EventStores;
import io.esdb.spi.StoreAccess;
import io.esdb.storage.rocks.RocksStorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A subject that one node erases is erased on all, in their logs, and in what was copied before. */
class ErasureTest {
    private static final String STORE = "crm";
    private static final String ERASED = "customer-1";
    private static final String KEPT = "customer-2";
    private static final String CONTROL = "a4c0ffee19b7d2e863f5";

    @TempDir
    private Path temp;

    private final List<Erasure> erasures = new ArrayList<>();
    private final List<byte[]> secrets = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        erasures.forEach(Erasure::close);
    }

    @Test
    void anErasureReachesEveryNodeLogAndBackup() throws Exception {
        Path backup = temp.resolve("backup");
        try (LocalCluster cluster = Replicas.start(temp, options -> options)) {
            cluster.open(STORE);
            for (int node = 0; node < 3; node++) {
                erasures.add(Erasure.on(cluster.store(node, STORE), provider()));
            }
            List<String> erased = sealOnAllNodesAtOnce(cluster, ERASED);
            List<String> kept = sealOnAllNodesAtOnce(cluster, KEPT);
            Replicas.retried(cluster.store(0, STORE), "control", event(CONTROL));
            ((StoreAccess) cluster.store(1, STORE)).barrier();
            cluster.store(1, STORE).backup(backup);
            secrets.add(subjectKey());
            assertThat(holding(secrets)).as("the search finds what is there").isNotEmpty();
            for (int node = 0; node < 3; node++) {
                assertThat(texts(cluster.store(node, STORE), erasures.get(node), ERASED))
                        .containsExactlyElementsOf(erased);
            }

            erasures.get(2).erase(ERASED);

            for (int node = 0; node < 3; node++) {
                assertErased(cluster.store(node, STORE), erasures.get(node), kept);
            }
            close(); // before the stores
        }
        assertThat(holding(secrets)).as("files that hold a text or a key").isEmpty();
        List<Path> controls = holding(List.of(CONTROL.getBytes(UTF_8)));
        for (String folder : List.of("n1/_raft", "n2/_raft", "n3/_raft", "n1/crm", "n2/crm", "n3/crm", "backup")) {
            assertThat(controls).as("files of %s", folder).anyMatch(file -> file.startsWith(temp.resolve(folder)));
        }
        assertErasedIn(backup);
    }

    /** A node's own view of the key provider; the data keys that it is given are noted. */
    private KeyProvider provider() throws IOException {
        FileKeyProvider files = FileKeyProvider.at(temp.resolve("keys"));
        return new KeyProvider() {
            @Override
            public byte[] wrap(String subject, byte[] dataKey) throws Exception {
                secrets.add(dataKey.clone());
                return files.wrap(subject, dataKey);
            }

            @Override
            public byte[] unwrap(String subject, byte[] wrapped) throws Exception {
                return files.unwrap(subject, wrapped);
            }

            @Override
            public void destroy(String subject) throws Exception {
                files.destroy(subject);
            }
        };
    }

    private byte[] subjectKey() throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(ERASED.getBytes(UTF_8));
        byte[] ring =
                Files.readAllBytes(temp.resolve("keys").resolve(HexFormat.of().formatHex(hash) + ".key"));
        return Arrays.copyOfRange(ring, ring.length - 32, ring.length);
    }

    private static EventData event(String text) {
        return EventData.bytes("Noted", text.getBytes(UTF_8));
    }

    /** A text from each node, to a stream named as the subject. */
    private List<String> sealOnAllNodesAtOnce(LocalCluster cluster, String subject) throws Exception {
        List<String> texts = new ArrayList<>();
        List<CompletableFuture<EventData>> sealed = new ArrayList<>();
        for (Erasure erasure : erasures) {
            String text = UUID.randomUUID().toString();
            texts.add(text);
            secrets.add(text.getBytes(UTF_8));
            sealed.add(CompletableFuture.supplyAsync(() -> erasure.seal(subject, event(text))));
        }
        for (int node = 0; node < 3; node++) {
            EventData event = sealed.get(node).get(1, TimeUnit.MINUTES);
            Replicas.retried(cluster.store(node, STORE), subject, event);
        }
        return texts;
    }

    private static List<Opened> opened(EventStore store, Erasure erasure, String subject) {
        ((StoreAccess) store).barrier();
        return store.read(StreamRead.forward(subject)).events().stream()
                .map(erasure::open)
                .toList();
    }

    private static List<String> texts(EventStore store, Erasure erasure, String subject) {
        return opened(store, erasure, subject).stream()
                .map(opened -> new String(opened.event().data(), UTF_8))
                .toList();
    }

    private static void assertErased(EventStore store, Erasure erasure, List<String> kept) {
        assertThat(opened(store, erasure, ERASED)).hasSize(3).allMatch(Opened.Erased.class::isInstance);
        assertThat(texts(store, erasure, KEPT)).containsExactlyElementsOf(kept);
        assertThatThrownBy(() -> erasure.seal(ERASED, event("more"))).isInstanceOf(SubjectErased.class);
        assertThat(erasure.status(ERASED).map(SubjectStatus::state)).contains(SubjectStatus.State.ERASED);
    }

    /** With all that is on disk, the provider's files among it. */
    private void assertErasedIn(Path backup) throws Exception {
        try (EventStores stores = EventStores.at(temp.resolve("restored"))
                .storage(new RocksStorageProvider())
                .open()) {
            stores.restore(backup, STORE);
            EventStore store = stores.open(STORE);
            try (Erasure erasure = Erasure.on(store, provider())) {
                assertThat(opened(store, erasure, ERASED)).hasSize(3).allMatch(Opened.Erased.class::isInstance);
                assertThat(opened(store, erasure, KEPT)).hasSize(3).allMatch(Opened.Plain.class::isInstance);
            }
        }
    }

    /** The files that hold one of these. */
    private List<Path> holding(List<byte[]> wanted) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path file : files()) {
            byte[] content = Files.readAllBytes(file);
            if (wanted.stream().anyMatch(bytes -> contains(content, bytes))) {
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
