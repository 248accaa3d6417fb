package io.esdb.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeAddressesTest {
    @Test
    void nodesKeepTheirAddressesAndNewOnesGetOthers(@TempDir Path folder) throws Exception {
        Map<String, String> three = NodeAddresses.in(folder.resolve("nodes"), 3);
        Map<String, String> four = NodeAddresses.in(folder.resolve("nodes"), 4);
        assertThat(three).hasSize(3);
        assertThat(four).hasSize(4).containsAllEntriesOf(three);
        assertThat(four.values()).doesNotHaveDuplicates();
        assertThat(NodeAddresses.in(folder.resolve("nodes"), 3)).isEqualTo(three);
    }
}
