package io.esdb.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeExampleTest {
    private static final Pattern JAVA_BLOCK =
            Pattern.compile("^```java\\R(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

    @Test
    void readmeShowsTheExampleAsItIs() throws Exception {
        Matcher block = JAVA_BLOCK.matcher(Files.readString(Path.of("../README.md")));
        assertThat(block.find()).as("README.md has a java block").isTrue();
        String example = Files.readString(Path.of("src/main/java/io/esdb/examples/ReadmeExample.java"));
        assertThat(block.group(1).strip()).isEqualTo(example.strip());
    }

    @Test
    void exampleRunsOverAndOver(@TempDir Path folder) throws Exception {
        Output.Program example = () -> ReadmeExample.main(new String[] {folder.toString()});
        assertThat(Output.of(example)).containsExactly("show-7 Booked[seat=A1]", "show-7 Booked[seat=A2]");
        assertThat(Output.of(example))
                .containsExactly(
                        "show-7 Booked[seat=A1]",
                        "show-7 Booked[seat=A2]",
                        "show-8 Booked[seat=B1]",
                        "show-7 Booked[seat=A1]",
                        "show-7 Booked[seat=A2]");
    }
}
