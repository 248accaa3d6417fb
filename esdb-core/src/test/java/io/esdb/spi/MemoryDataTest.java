package io.esdb.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MemoryDataTest {
    private final MemoryData data = new MemoryData();

    @Test
    void oneVersionIsKeptOfAKeyThatNobodyReads() {
        for (int i = 0; i < 100; i++) {
            put("a", "v" + i);
        }

        assertThat(data.versions()).isEqualTo(1);
    }

    @Test
    void nothingIsKeptOfADeletedKey() {
        put("a", "v");
        commit(batch -> batch.delete(Branch.META, utf8("a")));
        commit(batch -> {
            batch.put(Branch.META, utf8("b"), utf8("v"));
            batch.delete(Branch.META, utf8("b"));
            batch.delete(Branch.META, utf8("c"));
        });

        assertThat(data.versions()).isZero();
    }

    @Test
    void aViewKeepsTheVersionThatItSeesUntilItEnds() {
        put("a", "old");
        put("b", "old");
        long first = data.pin();
        long same = data.pin();
        for (int i = 0; i < 10; i++) {
            put("a", "new" + i);
        }
        commit(batch -> batch.delete(Branch.META, utf8("b")));
        assertThat(read("a", first)).isEqualTo("old");
        assertThat(read("b", first)).isEqualTo("old");

        data.unpin(first);
        assertThat(read("a", same)).isEqualTo("old");
        data.unpin(same);

        assertThat(data.versions()).isEqualTo(1);
    }

    @Test
    void aLaterViewDoesNotKeepWhatAnEarlierOneNeeded() {
        put("a", "1");
        long early = data.pin();
        put("a", "2");
        long late = data.pin();
        put("a", "3");
        assertThat(data.versions()).isEqualTo(3);

        data.unpin(early);

        assertThat(data.versions()).isEqualTo(2);
        assertThat(read("a", late)).isEqualTo("2");
        data.unpin(late);
        assertThat(data.versions()).isEqualTo(1);
    }

    @Test
    void theStateOfTheLastSyncIsKeptForACrash() {
        put("a", "synced");
        data.commit(batch(batch -> batch.put(Branch.META, utf8("a"), utf8("lost"))), false);
        assertThat(data.versions()).isEqualTo(2);

        data.crash();

        assertThat(data.versions()).isEqualTo(1);
        assertThat(read("a", data.pin())).isEqualTo("synced");
    }

    @Test
    void aSyncDropsTheStateOfTheOneBefore() {
        put("a", "old");
        data.commit(batch(batch -> batch.put(Branch.META, utf8("a"), utf8("new"))), false);

        data.sync();

        assertThat(data.versions()).isEqualTo(1);
    }

    private void put(String key, String value) {
        commit(batch -> batch.put(Branch.META, utf8(key), utf8(value)));
    }

    private void commit(Consumer<WriteBatch> writes) {
        data.commit(batch(writes), true);
    }

    private static WriteBatch batch(Consumer<WriteBatch> writes) {
        WriteBatch batch = new WriteBatch();
        writes.accept(batch);
        return batch;
    }

    private String read(String key, long commit) {
        byte[] value = data.branch(Branch.META).get(utf8(key), commit);
        return value == null ? "none" : new String(value, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
