package io.esdb.examples.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.RecordedEvent;
import io.esdb.host.EventStores;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryReplayTest {
    private static final String ALL_RIGHT =
            "commits=1802 events=11635 streams=1449 checked=877 wrong=0 seconds=[0-9]+\\.[0-9]";

    private static final String CREATE_A = """
            {"commit":"1","time":7,"changes":[{"path":"a","added":2,"deleted":0,"kind":"created"}]}
            """;
    private static final String CHANGE_A = """
            {"commit":"2","time":8,"changes":[{"path":"a","added":2,"deleted":1,"kind":"changed"}]}
            """;
    private static final String NOTHING = """
            {"commit":"3","time":9,"changes":[]}
            """;

    @TempDir
    private Path folder;

    @TempDir
    private Path files;

    @Test
    void bundledHistoryFoldsToTheBundledTreeAndASecondRunAppendsNothing() {
        Run first = Run.of("-", "-", folder);
        assertThat(first.err()).isEmpty();
        assertThat(first.out().get(0)).isEqualTo("0 of 1802 commits were there already");
        assertThat(first.lastLine()).matches(ALL_RIGHT);
        assertThat(first.exitCode()).isZero();
        List<RecordedEvent> events = stored();

        Run second = Run.of("-", "-", folder);
        assertThat(second.out().get(0)).isEqualTo("1802 of 1802 commits were there already");
        assertThat(second.lastLine()).matches(ALL_RIGHT);
        assertThat(second.exitCode()).isZero();
        assertThat(stored()).hasSize(11_635).isEqualTo(events);
    }

    @Test
    void everyFileWithAnotherNumberOfLinesIsWrong() throws Exception {
        List<String> lines = bundledTree();
        int tab = lines.get(100).indexOf('\t');
        String path = lines.get(100).substring(0, tab);
        int count = Integer.parseInt(lines.get(100).substring(tab + 1));
        lines.set(100, path + '\t' + (count + 1));

        Run run = Run.of("-", write("tree.tsv", lines));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lastLine()).startsWith("commits=1802 events=11635 streams=1449 checked=877 wrong=1 seconds=");
        assertThat(run.err())
                .containsExactly(
                        path + " has " + (count + 1) + " lines in the tree, and is " + count + " lines in the store");
    }

    @Test
    void filesThatOnlyTheTreeOrOnlyTheStoreHasAreWrong() throws Exception {
        Path history = write("history.jsonl", List.of(CREATE_A.strip()));
        Run run = Run.of(history, write("tree.tsv", List.of("b\t1")));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lastLine()).startsWith("commits=1 events=1 streams=1 checked=1 wrong=2 ");
        assertThat(run.err())
                .containsExactly(
                        "b has 1 lines in the tree, and is absent in the store",
                        "a is no text file in the tree, and is 2 lines in the store");
    }

    @Test
    void replayGoesOnWhereAnEarlierOneEnded() throws Exception {
        Run.of(write("history.jsonl", List.of(CREATE_A.strip())), write("tree.tsv", List.of("a\t2")), folder);
        Run run = Run.of(
                write("history.jsonl", List.of(CREATE_A.strip(), CHANGE_A.strip(), NOTHING.strip())),
                write("tree.tsv", List.of("a\t3")),
                folder);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().get(0)).isEqualTo("1 of 3 commits were there already");
        assertThat(run.lastLine()).startsWith("commits=3 events=2 streams=1 checked=1 wrong=0 ");
    }

    @Test
    void eventsThatTheHistoryDoesNotHaveAreWrong() throws Exception {
        Path tree = write("tree.tsv", List.of("a\t3"));
        Run.of(write("history.jsonl", List.of(CREATE_A.strip(), CHANGE_A.strip())), tree, folder);
        Run run = Run.of(write("history.jsonl", List.of(CREATE_A.strip())), tree, folder);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).containsExactly("the store has 2 positions for 1 events");
    }

    @Test
    void commitIsOneAppendWithItsOriginInTheMetadata() throws Exception {
        Run.of(write("history.jsonl", List.of(CREATE_A.strip())), write("tree.tsv", List.of("a\t2")), folder);
        RecordedEvent event = stored().get(0);
        assertThat(event.type()).isEqualTo("FileCreated");
        assertThat(event.stream()).isEqualTo("file-a");
        assertThat(event.data()).asString().isEqualTo("{\"path\":\"a\",\"added\":2}");
        assertThat(event.metadata()).asString().contains("\"commit\":\"1\"", "\"time\":7");
    }

    @Test
    void unreadableInputIsExplainedAndFails() throws Exception {
        Path missing = files.resolve("missing.gz");
        assertThat(Run.of(missing)).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).singleElement().asString().contains("missing.gz");
        });
        assertThat(Run.of("-", write("bad.tsv", List.of("no tab"))).err())
                .singleElement()
                .asString()
                .endsWith("bad.tsv has a line that is no path, tab and number: no tab");
        assertThat(Run.of(write("bad.jsonl", List.of("{\"commit\":7}"))).exitCode())
                .isEqualTo(1);
        assertThat(Run.of(write("not.gz", List.of("text"))).err())
                .singleElement()
                .asString()
                .contains("GZIP");
        assertThat(Run.of("1", "2", "3", "4").exitCode()).isEqualTo(2);
    }

    private Path write(String name, List<String> lines) throws Exception {
        return Files.write(files.resolve(name), lines);
    }

    private List<RecordedEvent> stored() {
        try (EventStores stores = EventStores.open(folder)) {
            return Pages.stream(stores.open("history"), LogRead.forward()).toList();
        }
    }

    private static List<String> bundledTree() throws Exception {
        try (BufferedReader reader = Source.bundled("/ratis-tree.tsv.gz").open()) {
            return new ArrayList<>(reader.lines().toList());
        }
    }
}
