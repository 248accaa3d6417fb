package io.esdb.examples.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void barGrowsOnStandardErrorWhenShown() {
        assertThat(errorOutput(true)).contains("Working").contains("3/3");
    }

    @Test
    void nothingIsPrintedWhereNobodyWatches() {
        assertThat(errorOutput(false)).isEmpty();
    }

    private static String errorOutput(boolean shown) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, UTF_8));
        try (Progress progress = Progress.of("Working", 3, shown)) {
            for (int i = 0; i < 3; i++) {
                progress.step();
            }
        } finally {
            System.setErr(before);
        }
        return bytes.toString(UTF_8);
    }
}
