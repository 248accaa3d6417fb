package io.esdb.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventStore;
import io.esdb.examples.history.ReplayInParts;
import io.esdb.host.EventStores;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeCommandsTest {
    private final EventStores stores = EventStores.inMemory();
    private final EventStore store = stores.open("history", ReplayInParts.options());
    private final Network network = new Network();
    private final NodeCommands commands = new NodeCommands(store, network);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void appendsReadsAndVerifies() {
        assertThat(commands.execute("read").toString()).isEqualTo("position=-1");
        assertThat(commands.execute("append 3").toString()).isEqualTo("appended=3 position=2 retries=0");
        assertThat(commands.execute("read").toString()).isEqualTo("position=2 stream=numbers type=Counted");
        assertThat(commands.execute("verify")).isEqualTo(commands.execute("state"));
        assertThat(commands.execute("state").fact("digest")).hasSize(64);
    }

    @Test
    void statusTellsRoleLeaderAndPlace() {
        assertThat(commands.execute("status").facts())
                .containsEntry("role", "LEADER")
                .containsEntry("position", "-1")
                .containsKeys("leader", "term", "committed", "applied");
    }

    @Test
    void partitionCutsTheNamedNodesOffFromTheOthersOnly() {
        commands.execute("partition n1,n2");
        assertThat(network.open("n1", "n2")).isTrue();
        assertThat(network.open("n1", "n3")).isFalse();
        assertThat(network.open("n3", "n2")).isFalse();
        assertThat(network.open("n3", "n4")).isTrue();
        commands.execute("partition ");
        assertThat(network.open("n1", "n3")).isTrue();
    }

    @Test
    void replaysInPartsAndChecks() throws Exception {
        SmallHistory history = SmallHistory.write(folder, 10);
        commands.execute("replay 0 4 " + history.commits());
        assertThat(commands.execute("state").fact("position")).isEqualTo(Long.toString(4 * SmallHistory.FILES - 1));
        assertThat(commands.execute("check " + history.events() + " " + history.tree())
                        .problems())
                .isNotEmpty();
        commands.execute("replay 4 10 " + history.commits());
        assertThat(commands.execute("check " + history.events() + " " + history.tree())
                        .problems())
                .isEmpty();
    }

    @Test
    void whatFailsIsAnAnswer() {
        assertThat(commands.execute("bogus").failure()).contains("bogus");
        assertThat(commands.execute("append many").failure()).contains("many");
        assertThat(commands.execute("replay 0 1 " + folder.resolve("missing")).failure())
                .contains("missing");
        store.close();
        assertThat(commands.execute("append 1").failure()).contains("StoreClosed");
    }

    @Test
    void answersSurviveTheWayAsALine() {
        Answer answer = commands.execute("status");
        assertThat(Answer.ofLine(answer.toLine())).isEqualTo(answer);
        assertThat(Answer.ofLine(Answer.failed("no \"way\"\n").toLine())).isEqualTo(Answer.failed("no \"way\"\n"));
    }
}
