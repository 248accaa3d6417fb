package io.esdb.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
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
        assertThatIllegalArgumentException().isThrownBy(() -> options.withBlockCacheBytes(1));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withWriteBufferBytes(1));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withRecordCacheBytes(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withMaxBackgroundJobs(0));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withMaxOpenFiles(1));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withDrainTimeout(Duration.ofSeconds(-1)));
    }
}
