package io.esdb.storage.rocks.store;

import io.esdb.EventStore;
import io.esdb.host.EventStores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that is killed at any moment loses nothing that it acknowledged, and leaves nothing in part. */
class KillTest {
    private static final int LEAST_MILLIS = 50;
    private static final int MOST_MILLIS = 800;
    private static final int OPENING_MILLIS = 500;

    @TempDir
    Path temp;

    @ParameterizedTest
    @CsvSource({"SYNC,12", "SYNC_SMALL_BUFFERS,12", "INTERVAL_SMALL_BUFFERS,6"})
    void killsLoseNothing(Setup setup, int kills) throws Exception {
        killAgainAndAgain(setup, kills);
    }

    @Tag("soak")
    @ParameterizedTest
    @EnumSource
    void hundredsOfKillsLoseNothing(Setup setup) throws Exception {
        killAgainAndAgain(setup, 100);
    }

    private void killAgainAndAgain(Setup setup, int kills) throws Exception {
        long seed = Long.getLong("esdb.seed", new Random().nextLong());
        Random random = new Random(seed);
        History history = new History();
        for (int round = 1; round <= kills; round++) {
            try {
                kill(setup, round, random, history);
                // Now and then the next child has to open what the kill left.
                if (round == kills || random.nextInt(4) > 0) {
                    check(setup, history, round == kills);
                }
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("in round " + round + " with -Desdb.seed=" + seed, e);
            }
        }
    }

    private void kill(Setup setup, long round, Random random, History history)
            throws IOException, InterruptedException {
        boolean whileOpening = random.nextInt(5) == 0;
        int millis = whileOpening ? random.nextInt(OPENING_MILLIS) : random.nextInt(LEAST_MILLIS, MOST_MILLIS);
        try (ChildJvm child =
                ChildJvm.start(temp, AppendingChild.class, temp.resolve("stores"), setup, round, random.nextLong())) {
            child.awaitReport(whileOpening ? "opening" : "A ");
            history.add(child.killedAfter(Duration.ofMillis(millis)));
        }
    }

    private void check(Setup setup, History history, boolean last) {
        try (EventStores stores = setup.open(temp.resolve("stores"))) {
            EventStore store = setup.openStore(stores);
            Audit.check(store, history);
            history.resolve(store);
            if (last) {
                Audit.check(store, history);
            }
        }
    }
}
