package io.esdb.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final Answer ONE = Answer.done().with("digest", "one");
    private static final Answer OTHER = Answer.done().with("digest", "other");

    private final FakeNodes nodes = new FakeNodes();

    @Test
    void equalStatesAgree() {
        nodes.names().forEach(name -> nodes.answering(name, "state", ONE));
        assertThat(Agreement.differences(nodes, Duration.ZERO)).isEmpty();
    }

    @Test
    void stateThatStaysDifferentIsADifference() {
        nodes.answering("n1", "state", ONE).answering("n2", "state", OTHER).answering("n3", "state", ONE);
        assertThat(Agreement.differences(nodes, Duration.ofMillis(1)))
                .containsExactly("n1 differs: digest=one", "n2 differs: digest=other", "n3 differs: digest=one");
    }

    @Test
    void nodeMayCatchUp() {
        nodes.answering("n1", "state", ONE).answering("n2", "state", OTHER, ONE).answering("n3", "state", ONE);
        assertThat(Agreement.differences(nodes, Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void nodesThatCannotTellDoNotAgree() {
        nodes.names().forEach(name -> nodes.answering(name, "state", Answer.failed("closed")));
        assertThat(Agreement.differences(nodes, Duration.ZERO)).hasSize(3);
    }

    @Test
    void nodesThatDoNotRunAreNotAsked() {
        nodes.names().forEach(name -> nodes.answering(name, "state", ONE));
        nodes.answering("n3", "state", OTHER).down.add("n3");
        assertThat(Agreement.differences(nodes, Duration.ZERO)).isEmpty();
    }
}
