package io.esdb.examples.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ClusterNodeTest {
    @TempDir
    private Path folder;

    @Test
    void answersEveryLineUntilItIsToldToStop() throws Exception {
        List<Answer> answers = run("append 2\nverify\nstop\nappend 1\n");
        assertThat(answers).hasSize(3);
        assertThat(answers.get(0)).isEqualTo(Answer.done());
        assertThat(answers.get(1).facts()).containsEntry("appended", "2").containsEntry("position", "1");
        assertThat(answers.get(2).fact("position")).isEqualTo("1");
    }

    @Test
    void endsWithItsInput() throws Exception {
        assertThat(run("status\n"))
                .last()
                .satisfies(status -> assertThat(status.facts())
                        .containsEntry("role", "LEADER")
                        .containsEntry("leader", "n1"));
    }

    private List<Answer> run(String input) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(printed, true, UTF_8)) {
            ClusterNode node = new ClusterNode(new BufferedReader(new StringReader(input)), out);
            int exit = new CommandLine(node)
                    .execute("--name=n1", "--members=n1=127.0.0.1:" + freePort(), "--root=" + folder);
            assertThat(exit).isZero();
        }
        return printed.toString(UTF_8).lines().map(Answer::ofLine).toList();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
