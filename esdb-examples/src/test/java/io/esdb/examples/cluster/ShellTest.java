package io.esdb.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShellTest {
    private final FakeNodes nodes = new FakeNodes();
    private final StringWriter printed = new StringWriter();
    private final Shell shell = new Shell(nodes, new PrintWriter(printed), "-", "-");

    @Test
    void commandsReachTheNodeThatTheyName() {
        List.of("start n1", "stop n2", "kill n3", " pause   n1 ", "resume n1").forEach(shell::execute);
        assertThat(nodes.calls).containsExactly("start n1", "stop n2", "kill n3", "pause n1", "resume n1");
        assertThat(printed.toString()).contains("n1 runs", "n3 is killed");
    }

    @Test
    void partitionTakesSeveralNamesAndHealNone() {
        shell.execute("partition n1 n3");
        shell.execute("heal");
        assertThat(nodes.calls).containsExactly("partition [n1, n3]", "partition []");
    }

    @Test
    void appendsThroughTheNodeThatIsNamedOrTheFirstThatRuns() {
        nodes.down.add("n1");
        shell.execute("append 3");
        shell.execute("append --on n3 4");
        assertThat(nodes.calls).containsExactly("n2 append 3", "n3 append 4");
    }

    @Test
    void readsOnTheNodeThatIsNamed() {
        nodes.answering("n2", "read", Answer.done().with("position", 7));
        shell.execute("read --on n2");
        assertThat(printed.toString()).isEqualToIgnoringNewLines("n2: position=7");
    }

    @Test
    void statusShowsEveryNodeAndItsProblems() {
        nodes.down.add("n3");
        nodes.answering("n1", "status", Answer.done().with("role", "LEADER"));
        nodes.answering("n2", "status", Answer.done().with("role", "CANDIDATE").with(List.of("no leader is known")));
        shell.execute("status");
        assertThat(printed.toString().lines())
                .containsExactly(
                        "n1: role=LEADER", "n2: role=CANDIDATE PROBLEM: no leader is known", "n3: not running");
    }

    @Test
    void verifyShowsTheDigestInShortAndSaysThatAllIsWell() {
        for (String name : nodes.names()) {
            nodes.answering(name, "verify", Answer.done().with("digest", "0123456789abcdef0123456789abcdef"));
        }
        shell.execute("verify");
        assertThat(printed.toString().lines())
                .containsExactly(
                        "n1: digest=0123456789abcdef",
                        "n2: digest=0123456789abcdef",
                        "n3: digest=0123456789abcdef",
                        "all that run hold the same, and it is whole");
    }

    @Test
    void verifySaysWhatIsWrong() {
        nodes.answering("n2", "verify", Answer.done().with(List.of("event 7 is missing")));
        shell.execute("verify");
        assertThat(printed.toString()).contains("event 7 is missing").contains("problems: 1");
    }

    @Test
    void wrongInputIsExplainedAndNothingIsDone() {
        List.of("start", "append", "append many", "partition", "bogus", "append 1 2")
                .forEach(shell::execute);
        assertThat(nodes.calls).isEmpty();
        assertThat(printed.toString()).contains("'NAME'", "many", "bogus");
        assertThat(shell.isOver()).isFalse();
    }

    @Test
    void failureOfACommandDoesNotEndTheShell() {
        nodes.down.addAll(nodes.names());
        shell.execute("append 1");
        assertThat(printed.toString().lines()).containsExactly("no node runs");
    }

    @Test
    void emptyLinesDoNothingAndHelpNamesAllCommands() {
        shell.execute("   ");
        assertThat(printed.toString()).isEmpty();
        shell.execute("help");
        assertThat(printed.toString())
                .contains("start", "stop", "kill", "pause", "resume", "status", "append", "read", "verify")
                .contains("partition", "heal", "replay", "quit");
    }

    @Test
    void quitAndExitEndIt() {
        assertThat(shell.isOver()).isFalse();
        shell.execute("quit");
        assertThat(shell.isOver()).isTrue();
        Shell other = new Shell(nodes, new PrintWriter(printed), "-", "-");
        other.execute("exit");
        assertThat(other.isOver()).isTrue();
    }
}
