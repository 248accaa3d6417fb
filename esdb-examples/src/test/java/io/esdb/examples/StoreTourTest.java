package io.esdb.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.StreamLimits;
import io.esdb.StreamRead;
import io.esdb.testkit.FreshEventStore;
import io.esdb.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTourTest {
    private static final Pattern JAVA_BLOCK =
            Pattern.compile("^```java\\R(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

    @Test
    void theTourIsWhatItSays(@TempDir Path folder) throws Exception {
        assertThat(Output.of(() -> StoreTour.main(new String[] {folder.toString()})))
                .containsExactly(
                        "true",
                        "at position 3",
                        "order-1 is at 1",
                        "1, next 1, end false",
                        "0 OrderPlaced",
                        "1 OrderPaid",
                        "last OrderPaid",
                        "4 events",
                        "[OrderPlaced, Charged, OrderPlaced]",
                        "somebody was quicker, at position 4",
                        "3 events swept",
                        "5 events, clean true");
    }

    /** Indented or not. */
    @Test
    void theDocumentShowsTheTourAsItIs() throws Exception {
        String sources = Files.readString(Path.of("src/main/java/io/esdb/examples/StoreTour.java"))
                + Files.readString(Path.of("src/test/java/io/esdb/examples/StoreTourTest.java"));
        List<String> blocks = JAVA_BLOCK
                .matcher(Files.readString(Path.of("../docs/store.md")))
                .results()
                .map(block -> block.group(1).stripIndent().strip())
                .toList();

        assertThat(blocks).hasSizeGreaterThan(5);
        String flat = lines(sources);
        assertThat(blocks).allSatisfy(block -> assertThat(flat).contains(lines(block)));
    }

    private static String lines(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce("", (all, line) -> all + line + "\n");
    }

    @Test
    @FreshEventStore
    void whatIsOldIsGone(EventStore store, ManualClock clock) {
        store.append("visit-1", ExpectedRevision.any(), EventData.json("Visited", new byte[] {'{', '}'}));
        store.limit("visit-1", StreamLimits.none().withMaxAge(Duration.ofDays(1)));

        clock.advance(Duration.ofDays(2));

        assertThat(store.read(StreamRead.forward("visit-1")).events()).isEmpty();
    }
}
