package io.esdb.raft.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of failures names the tests that hold it. */
class FailureModesTest {
    private static final Path PROJECT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]*Test)`");

    @Test
    void every_row_names_tests_that_exist() throws IOException {
        List<String> rows = Files.readAllLines(PROJECT.resolve("docs").resolve("failure-modes.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| failure |"))
                .toList();
        Set<String> tests = tests();
        assertThat(rows).hasSizeGreaterThan(25);
        assertThat(rows).allSatisfy(row -> {
            List<String> named =
                    TEST.matcher(row).results().map(name -> name.group(1)).toList();
            assertThat(named).isNotEmpty();
            assertThat(tests).containsAll(named);
        });
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> modules = Files.list(PROJECT)) {
            return modules.map(module -> module.resolve("src").resolve("test").resolve("java"))
                    .filter(Files::isDirectory)
                    .flatMap(FailureModesTest::names)
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<String> names(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.map(file -> file.getFileName().toString().replace(".java", "")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
