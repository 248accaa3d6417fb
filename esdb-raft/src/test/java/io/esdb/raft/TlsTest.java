package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.InvalidInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    @TempDir
    static Path folder;

    private static Tls tls;
    private static Tls other;

    @BeforeAll
    static void issue() throws Exception {
        TestCertificates authority = new TestCertificates(folder);
        tls = authority.member("n1");
        other = authority.member("n2");
    }

    @Test
    void a_file_that_is_missing_is_named() {
        Path missing = folder.resolve("missing.pem");

        assertField("certificate", () -> new Tls(missing, tls.key(), tls.authority()));
        assertField("key", () -> new Tls(tls.certificate(), missing, tls.authority()));
        assertField("authority", () -> new Tls(tls.certificate(), tls.key(), missing));
        assertThatThrownBy(() -> new Tls(missing, tls.key(), tls.authority())).hasMessageContaining("missing.pem");
    }

    @Test
    void a_folder_is_no_file() {
        assertField("key", () -> new Tls(tls.certificate(), folder, tls.authority()));
    }

    @Test
    void a_key_that_does_not_fit_is_refused_without_a_word_of_it() throws Exception {
        assertField("key", () -> new Tls(tls.certificate(), other.key(), tls.authority()));

        Path broken = folder.resolve("broken.key");
        Files.writeString(broken, "secret");
        assertThatThrownBy(() -> new Tls(tls.certificate(), broken, tls.authority()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void an_authority_without_a_certificate_is_refused() throws Exception {
        Path empty = folder.resolve("empty.pem");
        Files.writeString(empty, "");

        assertField("authority", () -> new Tls(tls.certificate(), tls.key(), empty));
    }

    @Test
    void nothing_secret_is_printed() throws Exception {
        String[] key = Files.readAllLines(tls.key()).toArray(new String[0]);
        String printed =
                tls + " " + tls.config() + " " + PeerServer.options("n1").withTls(tls);

        assertThat(printed).contains("n1.key");
        assertThat(Arrays.copyOfRange(key, 1, key.length - 1))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(printed).doesNotContain(line));
    }

    private static void assertField(String field, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.field()).isEqualTo(field));
    }
}
