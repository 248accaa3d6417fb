package io.esdb.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents name is there. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..");
    private static final Path FAILURES = ROOT.resolve("docs/failure-modes.md");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)`");
    private static final Pattern LAST_CELL_WITH_TEST = Pattern.compile(TEST + "[^|]*\\|$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)[^):]*\\)");

    @Test
    void everyTestThatAFailureNamesIsThere() throws Exception {
        Set<String> named = new TreeSet<>();
        TEST.matcher(Files.readString(FAILURES)).results().forEach(test -> named.add(test.group(1)));
        assertThat(named).isNotEmpty();
        named.removeAll(testClasses());
        assertThat(named).as("named and not there").isEmpty();
    }

    @Test
    void everyFailureNamesATest() throws Exception {
        List<String> rows = Files.readAllLines(FAILURES).stream()
                .filter(line -> line.startsWith("|") && !line.startsWith("| failure") && !line.startsWith("|--"))
                .toList();
        assertThat(rows).isNotEmpty().allSatisfy(row -> assertThat(row).containsPattern(LAST_CELL_WITH_TEST));
    }

    @Test
    void everyLinkLeadsToAFile() throws Exception {
        List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        documents.addAll(files(ROOT.resolve("docs"), ".md"));
        for (Path document : documents) {
            for (MatchResult link :
                    LINK.matcher(Files.readString(document)).results().toList()) {
                assertThat(document.resolveSibling(link.group(1)))
                        .as("link in %s", document)
                        .exists();
            }
        }
    }

    private static Set<String> testClasses() throws Exception {
        Set<String> classes = new TreeSet<>();
        for (Path module : children(ROOT)) {
            Path tests = module.resolve("src/test/java");
            if (Files.isDirectory(tests)) {
                files(tests, "Test.java").forEach(file -> classes.add(nameOf(file)));
            }
        }
        return classes;
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ".java".length());
    }

    private static List<Path> children(Path folder) throws Exception {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        }
    }

    private static List<Path> files(Path folder, String end) throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(end)).toList();
        }
    }
}
