package io.esdb.raft.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendResult;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.StreamRead;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test is handed three running nodes. */
@ExtendWith(ClusterExtension.class)
class ClusterExtensionTest {
    @Test
    void what_is_appended_on_one_node_is_read_on_all(LocalCluster cluster) {
        cluster.open("orders");

        AppendResult result = cluster.store(0, "orders")
                .append("order-1", ExpectedRevision.noStream(), EventData.bytes("Placed", new byte[] {1}));

        for (int node = 0; node < cluster.size(); node++) {
            cluster.store(node, "orders").awaitPosition(result.lastPosition(), Duration.ofSeconds(30));
            assertThat(cluster.store(node, "orders")
                            .read(StreamRead.forward("order-1"))
                            .events())
                    .hasSize(1);
        }
    }
}
