package io.esdb.storage.rocks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.host.EventStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a file of a store, each answer is right or a typed failure, and no process dies of it. */
class DamagedStoreTest {
    /** Files that hold events, or without which nobody knows where those are. */
    private static final Map<String, List<String>> ESSENTIAL = Map.of(
            "closed", List.of(".*\\.sst", "MANIFEST-.*", "CURRENT", "mark", "current"),
            "crashed", List.of("journal-.*", ".*\\.sst", "MANIFEST-.*", "CURRENT", "mark", "current"));

    private static final List<String> OTHERS = List.of(".*\\.log", "OPTIONS-.*", "IDENTITY", "LOG", "LOCK", "lock");

    @TempDir
    static Path temp;

    /** One that a killed process left, and one that was closed. */
    @BeforeAll
    static void fill() throws Exception {
        try (ChildJvm child = ChildJvm.start(temp.resolve("logs"), FillingChild.class, temp.resolve("crashed"))) {
            child.awaitReport("filled " + (KnownContent.events() - 1)).killedAfter(Duration.ZERO);
        }
        try (EventStores stores = Setup.INTERVAL_SMALL_BUFFERS.open(temp.resolve("closed"))) {
            KnownContent.fill(Setup.INTERVAL_SMALL_BUFFERS.openStore(stores));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"closed", "crashed"})
    void damageIsNeverSilent(String state) throws Exception {
        damage(state, 3, 2);
    }

    @Tag("soak")
    @ParameterizedTest
    @ValueSource(strings = {"closed", "crashed"})
    void muchDamageIsNeverSilent(String state) throws Exception {
        damage(state, 100, 30);
    }

    private static void damage(String state, int mostFiles, int flips) throws Exception {
        long seed = Long.getLong("esdb.seed", new Random().nextLong());
        List<Object> arguments =
                new ArrayList<>(List.of(temp.resolve(state), temp.resolve("scratch"), mostFiles, flips, seed));
        List<String> essential = ESSENTIAL.get(state);
        arguments.addAll(essential);
        arguments.addAll(OTHERS);
        try (ChildJvm child = ChildJvm.start(temp.resolve("logs"), DamagingChild.class, arguments.toArray())) {
            List<String> outcomes = child.ended(Duration.ofHours(1)).stream()
                    .filter(report -> !report.startsWith("trying "))
                    .toList();
            assertThat(outcomes).as("-Desdb.seed=" + seed).noneMatch(outcome -> outcome.contains(DamagingChild.WRONG));
            for (String kind : essential) {
                assertThat(outcomes)
                        .as("noticed damage of " + kind + " with -Desdb.seed=" + seed)
                        .anyMatch(outcome -> outcome.startsWith(kind + " " + DamagingChild.REFUSED)
                                || outcome.startsWith(kind + " " + DamagingChild.PARTLY));
            }
            for (String kind : OTHERS) {
                assertThat(outcomes).anyMatch(outcome -> outcome.startsWith(kind + " "));
            }
        }
    }
}
