package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.InvalidInput;
import io.esdb.raft.PeerFailure.Kind;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerTlsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final byte[] REQUEST = {7};

    @TempDir
    static Path folder;

    private static TestCertificates authority;
    private static Tls first;
    private static Tls second;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestCertificates(folder.resolve("authority"));
        first = authority.member("n1");
        second = authority.member("n2");
    }

    @Test
    void members_talk_to_each_other_under_their_own_names() {
        try (PeerServer server = server(second)) {
            assertThat(call("n1", first, server.member())).isEqualTo(REQUEST);
        }
    }

    @Test
    void nobody_speaks_under_the_name_of_another_member() {
        try (PeerServer server = server(second);
                PeerChannels impostor = channels("n1", second)) {
            PeerFailure failure = PeerCallsTest.failure(impostor.call(server.member(), REQUEST, LONG));

            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure).hasMessageContaining("certificate is not that of member 'n1'");
        }
    }

    @Test
    void only_the_member_that_was_meant_is_talked_to() {
        try (PeerServer server = server(second);
                PeerChannels caller = channels("n1", first)) {
            Member meant = new Member("n3", "127.0.0.1", server.member().port());

            PeerFailure failure = PeerCallsTest.failure(caller.call(meant, REQUEST, LONG));

            assertThat(failure.kind()).isEqualTo(Kind.NEVER_SENT);
            assertThat(failure).hasMessageContaining("the certificate is for [n2], not for member 'n3'");
        }
    }

    @Test
    void a_certificate_of_another_authority_is_not_let_in() throws Exception {
        TestCertificates foreign = new TestCertificates(folder.resolve("foreign"));
        Tls stranger = foreign.member("n1");
        Tls mixed = new Tls(stranger.certificate(), stranger.key(), first.authority());
        try (PeerServer server = server(second);
                PeerChannels caller = channels("n1", mixed)) {
            PeerFailure failure = PeerCallsTest.failure(caller.call(server.member(), REQUEST, LONG));

            assertThat(failure.kind()).isEqualTo(Kind.NEVER_SENT);
        }
    }

    @Test
    void a_member_of_another_authority_is_not_talked_to() throws Exception {
        TestCertificates foreign = new TestCertificates(folder.resolve("elsewhere"));
        Tls stranger = foreign.member("n2");
        Tls mixed = new Tls(stranger.certificate(), stranger.key(), first.authority()); // it would let the caller in
        try (PeerServer server = server(mixed);
                PeerChannels caller = channels("n1", first)) {
            PeerFailure failure = PeerCallsTest.failure(caller.call(server.member(), REQUEST, LONG));

            assertThat(failure.kind()).isEqualTo(Kind.NEVER_SENT);
        }
    }

    @Test
    void a_caller_without_tls_is_not_let_in() {
        try (PeerServer server = server(second);
                PeerChannels caller = new PeerChannels(PeerServer.options("n1"))) {
            PeerFailure failure = PeerCallsTest.failure(caller.call(server.member(), REQUEST, LONG));

            assertThat(failure.kind()).isEqualTo(Kind.NEVER_SENT);
        }
    }

    @Test
    void the_common_name_counts_only_without_dns_names() throws Exception {
        Tls byCommonName = authority.issue("cn", "CN=n2, O=esdb", "ip:127.0.0.1");
        Tls byOtherName = authority.issue("other", "CN=n2", "dns:n3,ip:127.0.0.1");

        try (PeerServer server = server(byCommonName)) {
            assertThat(call("n1", first, server.member())).isEqualTo(REQUEST);
        }
        assertThatThrownBy(() -> server(byOtherName)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void a_node_does_not_start_with_the_certificate_of_another_member() {
        assertThatThrownBy(() -> server(first))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.field()).isEqualTo("certificate"))
                .hasMessageContaining("is for [n1], not for member 'n2'");
    }

    private static byte[] call(String name, Tls tls, Member to) {
        try (PeerChannels channels = channels(name, tls)) {
            return channels.call(to, REQUEST, LONG).join();
        }
    }

    private static PeerChannels channels(String name, Tls tls) {
        return new PeerChannels(PeerServer.options(name).withTls(tls));
    }

    private static PeerServer server(Tls tls) {
        return PeerServer.start(PeerServer.options("n2").withTls(tls), PeerServer.echo());
    }
}
