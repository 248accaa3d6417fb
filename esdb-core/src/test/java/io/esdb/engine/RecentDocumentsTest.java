package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.spi.Branch;
import io.esdb.spi.DocumentKey;
import org.junit.jupiter.api.Test;

class RecentDocumentsTest {
    @Test
    void it_knows_the_newest_version_of_a_document_and_of_one_that_is_gone() {
        RecentDocuments recent = new RecentDocuments(10, 100);
        recent.put(key(1, 1), 1);
        recent.put(key(1, 1), 2);
        recent.put(key(2, 1), 1);
        recent.put(key(2, 1), 0);

        assertThat(recent.get(key(1, 1))).isEqualTo(2);
        assertThat(recent.get(key(2, 1))).isZero();
        assertThat(recent.get(key(3, 1))).isNull();
    }

    @Test
    void of_too_many_those_go_that_nobody_asked_for() {
        RecentDocuments recent = new RecentDocuments(2, 100);
        recent.put(key(1, 1), 1);
        recent.put(key(2, 1), 1);
        assertThat(recent.get(key(1, 1))).isEqualTo(1);
        recent.put(key(3, 1), 1);

        assertThat(recent.get(key(2, 1))).isNull();
        assertThat(recent.get(key(1, 1))).isEqualTo(1);
        assertThat(recent.get(key(3, 1))).isEqualTo(1);
    }

    @Test
    void keys_take_no_more_than_so_many_bytes() {
        RecentDocuments recent = new RecentDocuments(10, 100);
        recent.put(key(1, 40), 1);
        recent.put(key(2, 40), 1);
        recent.put(key(3, 60), 1);

        assertThat(recent.get(key(1, 40))).isNull();
        assertThat(recent.get(key(2, 40))).isEqualTo(1);
        assertThat(recent.get(key(3, 60))).isEqualTo(1);

        recent.clear();
        recent.put(key(4, 100), 1);
        assertThat(recent.get(key(2, 40))).isNull();
        assertThat(recent.get(key(4, 100))).isEqualTo(1);
    }

    private static DocumentKey key(int first, int length) {
        byte[] bytes = new byte[length];
        bytes[0] = (byte) first;
        return new DocumentKey(Branch.PROJECTIONS, bytes);
    }
}
