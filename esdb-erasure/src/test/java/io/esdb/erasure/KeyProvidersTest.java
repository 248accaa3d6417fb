package io.esdb.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyProvidersTest {
    private static final byte[] DATA_KEY = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);

    @TempDir
    private Path temp;

    private RingKeyProvider provider(String kind) throws IOException {
        return kind.equals("file") ? FileKeyProvider.at(temp.resolve("keys")) : new MemoryKeyProvider();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "memory"})
    void whatIsWrappedForASubjectIsUnwrappedForItAlone(String kind) throws Exception {
        RingKeyProvider provider = provider(kind);
        byte[] one = provider.wrap("s-1", DATA_KEY.clone());
        byte[] two = provider.wrap("s/2 größe", DATA_KEY.clone());

        assertThat(provider.unwrap("s-1", one)).isEqualTo(DATA_KEY);
        assertThat(provider.unwrap("s/2 größe", two)).isEqualTo(DATA_KEY);
        assertThatThrownBy(() -> provider.unwrap("s-1", two)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> provider.unwrap("s-3", one)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> provider.unwrap("s-1", new byte[3])).isInstanceOf(IllegalStateException.class);
        for (int i = 0; i < one.length; i++) {
            byte[] changed = one.clone();
            changed[i]++;
            assertThatThrownBy(() -> provider.unwrap("s-1", changed)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(provider.wrap("s-1", DATA_KEY.clone()))
                .as("the nonce is new")
                .isNotEqualTo(one);
    }

    @Test
    void aWrappedKeyIsBoundToItsSubject() {
        SecureRandom random = new SecureRandom();
        try (KeyRing ring = KeyRing.first(random)) {
            byte[] wrapped = ring.wrap("s-1", DATA_KEY, random);

            assertThat(ring.unwrap("s-1", wrapped)).isEqualTo(DATA_KEY);
            assertThat(ring.unwrap("s-2", wrapped)).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "memory"})
    void aDestroyedKeyIsGoneForGood(String kind) throws Exception {
        RingKeyProvider provider = provider(kind);
        byte[] one = provider.wrap("s-1", DATA_KEY.clone());
        byte[] two = provider.wrap("s-2", DATA_KEY.clone());
        provider.rotate("s-1");

        provider.destroy("s-1");
        provider.destroy("s-1");
        provider.destroy("s-never");

        for (String gone : List.of("s-1", "s-never")) {
            assertThatThrownBy(() -> provider.unwrap(gone, one)).isInstanceOf(KeyDestroyed.class);
            KeyDestroyed destroyed = ErasureFixture.failure(KeyDestroyed.class, () -> provider.wrap(gone, DATA_KEY));
            assertThat(destroyed.subject()).isEqualTo(gone);
            assertThatThrownBy(() -> provider.rotate(gone)).isInstanceOf(KeyDestroyed.class);
            assertThatThrownBy(() -> provider.retire(gone)).isInstanceOf(KeyDestroyed.class);
        }
        assertThat(provider.unwrap("s-2", two)).isEqualTo(DATA_KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "memory"})
    void aRotatedKeyUnwrapsUntilItIsRetired(String kind) throws Exception {
        RingKeyProvider provider = provider(kind);
        byte[] first = provider.wrap("s-1", DATA_KEY.clone());
        provider.rotate("s-1");
        byte[] second = provider.wrap("s-1", DATA_KEY.clone());
        assertThat(provider.unwrap("s-1", first)).isEqualTo(DATA_KEY);

        provider.retire("s-1");

        assertThat(provider.unwrap("s-1", second)).isEqualTo(DATA_KEY);
        assertThatThrownBy(() -> provider.unwrap("s-1", first)).isInstanceOf(IllegalStateException.class);
        provider.rotate("s-1");
        assertThat(provider.unwrap("s-1", second)).isEqualTo(DATA_KEY);
        assertThatThrownBy(() -> provider.rotate("s-unknown")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> provider.retire("s-unknown")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void filesAreReadByOtherProcessesAndByTheOwnerAlone() throws Exception {
        byte[] wrapped = provider("file").wrap("s-1", DATA_KEY.clone());

        assertThat(provider("file").unwrap("s-1", wrapped)).isEqualTo(DATA_KEY);
        List<Path> files = keyFiles();
        assertThat(files).hasSize(1);
        if (temp.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(permissions(files.get(0))).isEqualTo("rw-------");
            assertThat(permissions(temp.resolve("keys"))).isEqualTo("rwx------");
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private List<Path> keyFiles() throws IOException {
        try (Stream<Path> files = Files.list(temp.resolve("keys"))) {
            return files.filter(file -> file.toString().endsWith(".key")).toList();
        }
    }

    @Test
    void aFileThatIsLostOrDamagedIsAFailureAndNotAnErasure() throws Exception {
        RingKeyProvider provider = provider("file");
        byte[] wrapped = provider.wrap("s-1", DATA_KEY.clone());
        Path file = keyFiles().get(0);
        Files.write(file, new byte[35]);
        assertThatThrownBy(() -> provider.unwrap("s-1", wrapped)).isInstanceOf(IllegalStateException.class);
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> provider.unwrap("s-1", wrapped)).isInstanceOf(IllegalStateException.class);

        Files.delete(file);

        assertThatThrownBy(() -> provider.unwrap("s-1", wrapped)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatWasLeftIncompleteIsInNobodysWayAndIsOverwritten() throws Exception {
        RingKeyProvider provider = provider("file");
        Path left = Files.write(temp.resolve("keys/incomplete"), DATA_KEY);
        Path sameBytes = Files.createLink(temp.resolve("link"), left);

        byte[] wrapped = provider.wrap("s-1", DATA_KEY.clone());

        assertThat(provider.unwrap("s-1", wrapped)).isEqualTo(DATA_KEY);
        assertThat(left).doesNotExist();
        assertThat(Files.readAllBytes(sameBytes)).isEqualTo(new byte[DATA_KEY.length]);
    }

    @Test
    void keysThatAreReplacedOrDestroyedAreOverwrittenOnDisk() throws Exception {
        RingKeyProvider provider = provider("file");
        provider.wrap("s-1", DATA_KEY.clone());
        Path first = Files.createLink(temp.resolve("first"), keyFiles().get(0));
        provider.rotate("s-1");
        Path second = Files.createLink(temp.resolve("second"), keyFiles().get(0));
        provider.retire("s-1");
        Path third = Files.createLink(temp.resolve("third"), keyFiles().get(0));
        assertThat(Files.readAllBytes(third)).isNotEqualTo(new byte[36]);

        provider.destroy("s-1");

        assertThat(Files.readAllBytes(first)).isEqualTo(new byte[36]);
        assertThat(Files.readAllBytes(second)).isEqualTo(new byte[72]);
        assertThat(Files.readAllBytes(third)).isEqualTo(new byte[36]);
    }

    @Test
    void providersOnOneFolderThatMakeAKeyAtOnceMakeOne() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<byte[]>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                RingKeyProvider own = provider("file");
                calls.add(() -> own.wrap("s-1", DATA_KEY.clone()));
            }
            for (Future<byte[]> wrapped : threads.invokeAll(calls)) {
                assertThat(provider("file").unwrap("s-1", wrapped.get())).isEqualTo(DATA_KEY);
            }
        } finally {
            threads.shutdown();
        }
    }
}
