package io.esdb.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaderKillReplayTest {
    private static final Answer LED_BY_N2 = Answer.done().with("leader", "n2");
    private static final Answer EMPTY = Answer.done().with("position", -1);

    private final FakeNodes nodes = new FakeNodes();
    private final LeaderKillReplay script = new LeaderKillReplay(nodes, "-", "-");

    @Test
    void storeWithEventsIsRefused() {
        nodes.answering("n1", "state", EMPTY)
                .answering("n2", "state", Answer.done().with("position", 4));
        assertThatThrownBy(script::run).isInstanceOf(ScriptFailed.class).hasMessageContaining("n2 is not empty");
    }

    @Test
    void nodeThatDoesNotRunIsRefused() {
        nodes.down.add("n3");
        assertThatThrownBy(script::run).isInstanceOf(ScriptFailed.class).hasMessageContaining("3 nodes");
    }

    @Test
    void replayThatFailsEndsTheScript() {
        led();
        nodes.answering("n1", "replay", Answer.failed("the disk is full"));
        assertThatThrownBy(script::run).hasMessageContaining("n1: the disk is full");
        assertThat(nodes.calls).doesNotContain("kill n2");
    }

    @Test
    void replayThatEndsBeforeTheLeaderIsKilledProvesNothing() {
        led();
        nodes.answering("n3", "state", EMPTY, EMPTY, Answer.done().with("position", 9));
        assertThatThrownBy(script::run).isInstanceOf(ScriptFailed.class).hasMessageContaining("longer history");
        assertThat(nodes.calls).contains("kill n2");
    }

    @Test
    void whatTheChecksOfEachNodeFindIsInTheReport() throws Exception {
        led();
        nodes.holding("n1 replay 901 1802 -")
                .answering("n3", "state", EMPTY, EMPTY, Answer.done().with("position", 9), EMPTY)
                .answering("n2", "status", LED_BY_N2)
                .answering("n3", "status", LED_BY_N2, LED_BY_N2, Answer.done().with("leader", "n1"))
                .answering("n3", "check", Answer.done().with(List.of("a file is missing")));
        ReplayReport report = script.run();
        assertThat(report.problems()).containsExactly("n3: a file is missing");
        assertThat(report.toString()).startsWith("nodes=3 commits=1802 events=11635 leader_kills=1 wrong=1 seconds=");
        assertThat(nodes.calls)
                .containsSubsequence(
                        "n1 replay 0 901 -",
                        "n1 replay 901 1802 -",
                        "kill n2",
                        "start n2",
                        "n1 check 11635 -",
                        "n2 check 11635 -");
    }

    @Test
    void statesThatDifferInTheEndAreInTheReport() throws Exception {
        led();
        nodes.holding("n1 replay 901 1802 -")
                .answering("n3", "state", EMPTY, EMPTY, Answer.done().with("position", 9))
                .answering("n3", "status", LED_BY_N2, LED_BY_N2, Answer.done().with("leader", "n1"));
        LeaderKillReplay impatient = new LeaderKillReplay(nodes, "-", "-", Duration.ofMillis(1));
        assertThat(impatient.run().problems()).hasSize(3).contains("n3 differs: position=9");
    }

    private void led() {
        for (String name : nodes.names()) {
            nodes.answering(name, "state", EMPTY).answering(name, "status", LED_BY_N2);
        }
    }
}
