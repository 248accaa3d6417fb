package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.spi.LogIndex;
import io.esdb.spi.LogState;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DigestSamplesTest {
    private final DigestSamples samples = new DigestSamples();

    private void add(long index) {
        samples.add(new LogState(new LogIndex(1, index), new byte[] {(byte) (index / 1024)}));
    }

    @Test
    void every_1024th_index_is_sampled() {
        assertThat(LongStream.rangeClosed(-1, 4096).filter(DigestSamples::isSampled))
                .containsExactly(1023L, 2047L, 3071L, 4095L);
    }

    @Test
    void what_is_no_sample_is_not_kept() {
        add(-1);
        add(1024);

        assertThat(samples.newest()).isEmpty();
        assertThat(samples.at(1024)).isEmpty();
    }

    @Test
    void a_sample_is_found_by_its_index() {
        add(1023);
        add(2047);

        assertThat(samples.at(1023)).hasValue(new byte[] {0});
        assertThat(samples.at(2047)).hasValue(new byte[] {1});
        assertThat(samples.at(2048)).isEmpty();
        assertThat(samples.newest()).hasValueSatisfying(newest -> {
            assertThat(newest.getKey()).isEqualTo(2047);
            assertThat(newest.getValue()).containsExactly(1);
        });
    }

    @Test
    void the_64_newest_are_kept() {
        for (int i = 1; i <= 65; i++) {
            add(i * 1024 - 1);
        }

        assertThat(samples.at(1023)).isEmpty();
        assertThat(samples.at(2047)).isPresent();
        assertThat(samples.newest())
                .hasValueSatisfying(newest -> assertThat(newest.getKey()).isEqualTo(65 * 1024 - 1));
    }
}
