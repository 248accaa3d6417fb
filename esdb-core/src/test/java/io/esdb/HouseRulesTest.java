package io.esdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house, over the sources of all modules. */
class HouseRulesTest {
    private static final int MOST_LINES = 400;
    private static final int USUAL_LINES = 90;
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern SLEEP = Pattern.compile("\\b(Thread|SECONDS|MILLISECONDS)\\.sleep\\(");

    private final Map<Path, List<String>> main = javaFiles(file -> isBelow(file, "src", "main", "java"));
    private final Map<Path, List<String>> all = javaFiles(file -> isBelow(file, "src"));

    @Test
    void the_sources_of_all_modules_are_looked_at() {
        assertThat(main).containsKey(ROOT.resolve("esdb-core/src/main/java/io/esdb/EventStore.java"));
        assertThat(main).containsKey(ROOT.resolve("esdb-testkit/src/main/java/module-info.java"));
        assertThat(all).hasSizeGreaterThan(main.size());
    }

    @Test
    void no_file_is_long() {
        main.forEach((file, lines) ->
                assertThat(lines.size()).as("lines of %s", file).isLessThanOrEqualTo(MOST_LINES));
    }

    @Test
    void half_of_the_files_are_short() {
        long shorter = main.values().stream()
                .filter(lines -> lines.size() < USUAL_LINES)
                .count();

        assertThat(shorter * 2).isGreaterThanOrEqualTo(main.size());
    }

    @Test
    void nothing_is_left_for_later() {
        assertThat(linesOf(all, line -> UNFINISHED.matcher(line).find())).isEmpty();
        assertThat(linesOf(all, line -> line.strip().startsWith("@Dis" + "abled")))
                .isEmpty();
    }

    @Test
    void no_test_sleeps() {
        Map<Path, List<String>> tests = new TreeMap<>(all);
        tests.keySet().removeIf(file -> isBelow(file, "src", "main") && !isOfModule(file, "esdb-testkit"));

        assertThat(linesOf(tests, line -> SLEEP.matcher(line).find())).isEmpty();
    }

    @Test
    void every_package_of_main_says_what_it_is_and_that_null_is_marked() {
        main.keySet().stream()
                .filter(file -> !file.endsWith("module-info.java"))
                .map(file -> file.resolveSibling("package-info.java"))
                .distinct()
                .forEach(info -> {
                    assertThat(main).containsKey(info);
                    assertThat(main.get(info)).as("%s", info).contains("@NullMarked");
                    assertThat(main.get(info).get(0)).as("%s", info).startsWith("/**");
                });
    }

    @Test
    void every_library_is_a_module() {
        main.keySet().stream()
                .map(HouseRulesTest::sourceFolder)
                .distinct()
                .filter(folder -> !isProgram(folder) && !standsOnRatis(folder))
                .forEach(folder -> assertThat(main).containsKey(folder.resolve("module-info.java")));
    }

    @Test
    void services_are_declared_for_the_class_path_as_well() {
        main.forEach((file, lines) -> {
            boolean provides = lines.stream().anyMatch(line -> line.strip().startsWith("provides io.esdb.spi."));
            if (file.endsWith("module-info.java") && provides) {
                assertThat(file.getParent().resolveSibling("resources/META-INF/services"))
                        .isDirectoryContaining(
                                service -> service.getFileName().toString().startsWith("io.esdb.spi."));
            }
        });
    }

    /** Examples and benchmarks are run, not depended on. */
    private static boolean isProgram(Path sourceFolder) {
        return isOfModule(sourceFolder, "esdb-examples") || isOfModule(sourceFolder, "esdb-benchmarks");
    }

    /** The jars of Ratis share packages, so no named module can read them; see the pom of esdb-raft. */
    private static boolean standsOnRatis(Path sourceFolder) {
        return isOfModule(sourceFolder, "esdb-raft") || isOfModule(sourceFolder, "esdb-raft-testkit");
    }

    private static boolean isOfModule(Path file, String module) {
        return file.startsWith(ROOT.resolve(module));
    }

    private static List<String> linesOf(Map<Path, List<String>> files, Predicate<String> wanted) {
        List<String> found = new ArrayList<>();
        files.forEach((file, lines) ->
                lines.stream().filter(wanted).forEach(line -> found.add(ROOT.relativize(file) + ": " + line.strip())));
        return found;
    }

    private static Path sourceFolder(Path file) {
        Path module = ROOT.resolve(ROOT.relativize(file).getName(0));
        return module.resolve(Path.of("src", "main", "java"));
    }

    private static boolean isBelow(Path file, String... folders) {
        Path path = ROOT.relativize(file);
        return path.getNameCount() > folders.length + 1
                && path.subpath(1, folders.length + 1).equals(Path.of("", folders));
    }

    private static Map<Path, List<String>> javaFiles(Predicate<Path> wanted) {
        Map<Path, List<String>> files = new TreeMap<>();
        for (Path module : list(ROOT)) {
            Path sources = module.resolve("src");
            if (Files.exists(module.resolve("pom.xml")) && Files.isDirectory(sources)) {
                walk(sources).filter(wanted).forEach(file -> files.put(file, lines(file)));
            }
        }
        return files;
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> walk(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
