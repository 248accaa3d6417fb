package io.esdb.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "orders", "orders-2026.eu_west", "con1", "common", "a.b", "lpt", "com10"})
    void names_of_folders_on_every_system_are_fine(String name) {
        assertThat(StoreName.checked(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "", ".", "..", "-a", "_a", ".a", "a.", "A", "a/b", "a\\b", "../a", "a b", "é", "a\n", "a\u0000", "con",
                "nul", "aux", "prn", "com1", "lpt9"
            })
    void names_that_some_system_cannot_have_are_refused(String name) {
        assertThatThrownBy(() -> StoreName.checked(name)).isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"con.txt", "nul.a.b", "com1.log"})
    void devices_are_devices_with_whatever_ending(String name) {
        assertThatThrownBy(() -> StoreName.checked(name)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void the_longest_name_has_64_characters() {
        assertThat(StoreName.checked("a".repeat(64))).hasSize(64);
        assertThatThrownBy(() -> StoreName.checked("a".repeat(65))).isInstanceOf(LimitExceeded.class);
    }
}
