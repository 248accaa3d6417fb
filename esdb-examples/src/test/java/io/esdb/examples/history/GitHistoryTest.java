package io.esdb.examples.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Needs bash and git. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class GitHistoryTest {
    private static final Path SCRIPT = Path.of("git-history.sh").toAbsolutePath();
    private static final Path ODD_REPOSITORY =
            Path.of("src/test/resources/odd-repository.sh").toAbsolutePath();

    @TempDir
    private Path folder;

    private Path repository;
    private Path history;
    private Path tree;

    @BeforeEach
    void nameFiles() throws Exception {
        repository = Files.createDirectory(folder.resolve("repository"));
        history = folder.resolve("history.jsonl.gz");
        tree = folder.resolve("tree.tsv.gz");
    }

    @Test
    void oddHistoryFoldsToItsTree() throws Exception {
        bash(0, ODD_REPOSITORY);
        bash(0, SCRIPT, repository, history, tree);
        assertThat(linesOf(tree))
                .containsExactlyInAnyOrder(
                        "\"\\\"begins with a quote\"\t1",
                        "\"tab\\tand line\\nfeed\"\t1",
                        ".gitattributes\t1",
                        "becomes-text\t4",
                        "empty\t0",
                        "folder\t1",
                        "gr\u00fcn \u65e5.txt\t2",
                        "link\t2",
                        "moved.txt\t2",
                        "quote \" and \\ backslash\t1",
                        "with space.txt\t3");
        Run run = Run.of(history, tree);
        assertThat(run.err()).isEmpty();
        assertThat(run.lastLine()).startsWith("commits=7 events=26 streams=15 checked=11 wrong=0 ");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void earlierRevisionHasItsOwnTree() throws Exception {
        bash(0, ODD_REPOSITORY);
        bash(0, SCRIPT, repository, history, tree, "HEAD~5");
        assertThat(linesOf(tree)).contains("folder/file\t2");
        assertThat(Run.of(history, tree).exitCode()).isZero();
    }

    @Test
    void writesNothingOfWhatIsNoRepositoryOrNoRevision() throws Exception {
        bash(2, SCRIPT, repository);
        bash(1, SCRIPT, repository, history, tree);
        bash(0, ODD_REPOSITORY);
        bash(1, SCRIPT, repository, history, tree, "no-such-revision");
        assertThat(history).doesNotExist();
        assertThat(tree).doesNotExist();
    }

    private static List<String> linesOf(Path file) throws Exception {
        try (BufferedReader reader = Source.file(file).open()) {
            return reader.lines().toList();
        }
    }

    private void bash(int exitCode, Object... command) throws Exception {
        String[] words = new String[command.length + 1];
        words[0] = "bash";
        for (int i = 0; i < command.length; i++) {
            words[i + 1] = command[i].toString();
        }
        Process process = new ProcessBuilder(words)
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(exitCode);
    }
}
