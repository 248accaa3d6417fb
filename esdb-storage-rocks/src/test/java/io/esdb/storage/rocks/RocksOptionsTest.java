package io.esdb.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.InvalidInput;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RocksOptionsTest {
    @Test
    void eachSettingCanBeChangedAlone() {
        RocksOptions options = RocksOptions.DEFAULT
                .withBlockCacheBytes(9 << 20)
                .withWriteBufferBytes(5 << 20)
                .withRecordCacheBytes(0)
                .withMaxBackgroundJobs(3)
                .withMaxOpenFiles(100)
                .withDrainTimeout(Duration.ofSeconds(1));
        assertThat(options).isEqualTo(new RocksOptions(9 << 20, 5 << 20, 0, 3, 100, Duration.ofSeconds(1)));
    }

    @Test
    void whatCannotWorkIsRefused() {
        RocksOptions options = RocksOptions.DEFAULT;
        assertRefused("blockCacheBytes", () -> options.withBlockCacheBytes(1));
        assertRefused("writeBufferBytes", () -> options.withWriteBufferBytes(1));
        assertRefused("recordCacheBytes", () -> options.withRecordCacheBytes(-1));
        assertRefused("maxBackgroundJobs", () -> options.withMaxBackgroundJobs(0));
        assertRefused("maxOpenFiles", () -> options.withMaxOpenFiles(1));
        assertRefused("drainTimeout", () -> options.withDrainTimeout(Duration.ofSeconds(-1)));
        assertRefused("drainTimeout", () -> options.withDrainTimeout(Duration.ofSeconds(Long.MAX_VALUE)));
        assertRefused("drainTimeout", () -> options.withDrainTimeout(null));
        assertRefused("options", () -> new RocksStorageProvider(null));
    }

    private static void assertRefused(String field, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.field()).isEqualTo(field))
                .hasMessageContaining(field);
    }
}
