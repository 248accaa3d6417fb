package io.esdb.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeExampleTest {
    private static final Pattern JAVA_BLOCK =
            Pattern.compile("^```java\\R(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

    @Test
    void readmeShowsTheExampleAsItIs() throws Exception {
        assertThat(javaBlocks().get(0)).isEqualTo(source("ReadmeExample"));
    }

    @Test
    void readmeShowsTheNodeAsItIs() throws Exception {
        assertThat(javaBlocks().get(1)).isEqualTo(source("ClusterExample"));
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

    @Test
    void nodeForms(@TempDir Path folder) throws Exception {
        String member;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            member = "n1=127.0.0.1:" + socket.getLocalPort();
        }
        assertThat(Output.of(() -> ClusterExample.main(new String[] {folder.toString(), member})))
                .singleElement()
                .asString()
                .contains("role=LEADER", "member=n1", "leader=n1");
    }

    private static List<String> javaBlocks() throws Exception {
        return JAVA_BLOCK
                .matcher(Files.readString(Path.of("../README.md")))
                .results()
                .map(block -> block.group(1).strip())
                .toList();
    }

    private static String source(String example) throws Exception {
        return Files.readString(Path.of("src/main/java/io/esdb/examples/" + example + ".java"))
                .strip();
    }
}
