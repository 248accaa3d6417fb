package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.InvalidInput;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortCheckTest {
    @Test
    void a_port_that_is_taken_is_reported() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> PortCheck.check(options("127.0.0.1", port)))
                    .isInstanceOfSatisfying(AddressInUse.class, e -> {
                        assertThat(e.host()).isEqualTo("127.0.0.1");
                        assertThat(e.port()).isEqualTo(port);
                    })
                    .hasMessageContaining("127.0.0.1:" + port);
        }
    }

    @Test
    void a_free_port_is_free_afterwards_too() throws Exception {
        int port = PeerCallsTest.freePort();

        PortCheck.check(options("127.0.0.1", port));

        try (ServerSocket mine = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(mine.isBound()).isTrue();
        }
    }

    @Test
    void beyond_loopback_tls_is_needed() {
        assertThatThrownBy(() -> PortCheck.check(options("0.0.0.0", 1)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.field()).isEqualTo("tls"))
                .hasMessageContaining("0.0.0.0");
        assertThatThrownBy(() -> BindRule.check(options("192.0.2.1", 1))).isInstanceOf(InvalidInput.class);
    }

    @Test
    void loopback_needs_no_tls() {
        assertThat(BindRule.check(options("localhost", 1)).isLoopbackAddress()).isTrue();
        assertThat(BindRule.check(options("[::1]", 1)).isLoopbackAddress()).isTrue();
    }

    @Test
    void beyond_loopback_tls_suffices(@TempDir Path folder) throws Exception {
        Tls tls = new TestCertificates(folder).member("n1");

        assertThatCode(() -> BindRule.check(options("192.0.2.1", 1).withTls(tls)))
                .doesNotThrowAnyException();
    }

    @Test
    void whoever_wants_no_security_says_so() {
        assertThatCode(() -> BindRule.check(options("192.0.2.1", 1).withoutSecurity()))
                .doesNotThrowAnyException();
    }

    @Test
    void a_host_without_an_address_is_reported() {
        assertThatThrownBy(() -> BindRule.check(options("no-such-host.invalid", 1)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.field()).isEqualTo("host"));
    }

    private static RaftOptions options(String host, int port) {
        Member self = new Member("n1", host, port);
        return RaftOptions.of("c", self, List.of(self));
    }
}
