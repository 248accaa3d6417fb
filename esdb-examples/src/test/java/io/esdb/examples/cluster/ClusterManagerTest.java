package io.esdb.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ClusterManagerTest {
    private static final int COMMITS = 120;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    @Timeout(240)
    void threeNodesHoldTheHistoryAfterTheirLeaderWasKilledInTheMiddle() throws Exception {
        SmallHistory history = SmallHistory.write(folder, COMMITS);
        int exit = run(
                "",
                "--script=replay-with-leader-kill",
                "--folder=" + folder.resolve("nodes"),
                "--history=" + history.commits(),
                "--tree=" + history.tree());
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().strip())
                .matches("nodes=3 commits=120 events=360 leader_kills=1 wrong=0 seconds=[0-9]+\\.[0-9]");
        assertThat(exit).isZero();
    }

    @Test
    @Timeout(120)
    void commandLineManagesNodesUntilItsInputEnds() {
        int exit = run(
                "append 2\nkill n1\nappend 1\nstart n1\npause n1\nappend 1\nstop n1\nresume n1\nverify\n", "--nodes=1");
        assertThat(out.toString())
                .containsSubsequence(
                        "Running: [n1]",
                        "n1: appended=2 position=1",
                        "n1 is killed",
                        "no node runs",
                        "n1 runs",
                        "n1 is paused",
                        "n1: failed: n1 is paused",
                        "resume it before, or kill it",
                        "n1 goes on",
                        "n1: applied=",
                        "all that run hold the same, and it is whole");
        assertThat(exit).isZero();
    }

    @Test
    void unknownScriptsAndFoldersInUseAreRefused() {
        assertThat(run("", "--script=bogus")).isEqualTo(2);
        assertThat(run("", "--folder=" + folder)).isEqualTo(2);
        assertThat(err.toString()).contains("bogus", "is there already");
    }

    private int run(String input, String... args) {
        return ClusterManager.run(
                new BufferedReader(new StringReader(input)), new PrintWriter(out), new PrintWriter(err), args);
    }
}
