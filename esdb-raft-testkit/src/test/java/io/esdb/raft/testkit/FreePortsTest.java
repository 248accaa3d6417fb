package io.esdb.raft.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreePortsTest {
    @Test
    void ports_are_free_each_another_one_and_not_for_outgoing_connections() throws Exception {
        List<Integer> ports = FreePorts.find(20);

        assertThat(ports).doesNotHaveDuplicates().hasSize(20).allMatch(port -> port >= 20_000 && port < 32_768);
        for (int port : ports) {
            try (ServerSocket mine = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(mine.isBound()).isTrue();
            }
        }
    }
}
