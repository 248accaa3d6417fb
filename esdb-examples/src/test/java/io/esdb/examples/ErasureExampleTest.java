package io.esdb.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasureExampleTest {
    @Test
    void theDocumentShowsTheExampleAsItIs() throws Exception {
        String source = Files.readString(Path.of("src/main/java/io/esdb/examples/ErasureExample.java"));

        assertThat(Files.readString(Path.of("../docs/erasure.md"))).contains("```java\n" + source + "```\n");
    }

    @Test
    void theExampleRunsOverAndOver(@TempDir Path folder) throws Exception {
        for (int run = 0; run < 2; run++) {
            assertThat(Output.of(() -> ErasureExample.main(new String[] {folder.toString()})))
                    .containsExactly("Moved of someone erased", "Moved[street=Meir]");
        }
    }
}
