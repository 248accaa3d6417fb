package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberTest {
    @Test
    void an_address_has_a_host_and_a_port() {
        assertThat(Member.of("n1", "db.example.org:7400")).isEqualTo(new Member("n1", "db.example.org", 7400));
        assertThat(Member.of("n1", "[::1]:7400")).isEqualTo(new Member("n1", "[::1]", 7400));
        assertThat(Member.of("n1", "10.0.0.1:7400").address()).isEqualTo("10.0.0.1:7400");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"N1", "-n", ".n", "_n", "n 1", "n/1", "ñ", "n\n"})
    void other_names_are_refused(String name) {
        assertField("name", name, "localhost", 1);
    }

    @Test
    void names_are_as_long_as_64_letters() {
        assertThat(new Member("n".repeat(64), "localhost", 1).name()).hasSize(64);
        assertThat(new Member("0._-", "localhost", 1).name()).isEqualTo("0._-");
        assertField("name", "n".repeat(65), "localhost", 1);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "a b", "::1", "a/b", "user@host"})
    void other_hosts_are_refused(String host) {
        assertField("host", "n1", host, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536})
    void other_ports_are_refused(int port) {
        assertField("port", "n1", "localhost", port);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"localhost", "localhost:", "localhost:x", "7400"})
    void other_addresses_are_refused(String address) {
        assertThatThrownBy(() -> Member.of("n1", address))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.field()).isEqualTo("address"));
    }

    private static void assertField(String field, String name, String host, int port) {
        assertThatThrownBy(() -> new Member(name, host, port))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.field()).isEqualTo(field));
    }
}
