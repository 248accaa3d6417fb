package io.esdb.raft.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventStore;
import io.esdb.StoreCorrupt;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose files were damaged serves nothing that is wrong, and says what to do. */
class DamagedLogTest {
    private static final String STORE = "orders";
    private static final int NODE = 2;

    @TempDir
    private static Path temp;

    private static LocalCluster cluster;
    private static NodeFiles files;
    private List<UUID> acknowledged;

    @BeforeAll
    static void start() {
        cluster = Replicas.start(temp.resolve("nodes"), options -> options);
        cluster.open(STORE);
        files = new NodeFiles(cluster.folder(NODE), STORE);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void append() {
        Replicas.append(leader(), "stream", 50);
        awaitSame();
        acknowledged = Replicas.ids(cluster.store(NODE, STORE));
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(50);
    }

    private static EventStore leader() {
        return cluster.store(cluster.awaitLeader(STORE), STORE);
    }

    private static void awaitSame() {
        long last = leader().statistics().lastPosition();
        Replicas.await("all that others have")
                .until(() -> cluster.store(NODE, STORE).statistics().lastPosition() == last);
    }

    /** As if the process of the node had been killed: what RocksDB had not flushed is gone. */
    private void crash() throws IOException {
        NodeFiles crashed = files.copyTo(temp.resolve("crashed"));
        cluster.kill(NODE);
        crashed.replace(files);
        Replicas.delete(crashed.root());
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(() -> cluster.restart(NODE, STORE))
                .isInstanceOf(StoreCorrupt.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("Remove member 'n3' from the cluster, delete this node's copy of the store");
        cluster.kill(NODE);
    }

    private void assertJoinsAnew() {
        Replicas.delete(files.storage());
        cluster.restart(NODE, STORE);
        assertWhole();
    }

    private void assertWhole() {
        awaitSame();
        EventStore store = cluster.store(NODE, STORE);
        assertThat(Replicas.ids(store)).containsAll(acknowledged);
        assertThat(store.verify().problems()).isEmpty();
        Replicas.append(store, "stream", 1);
        Replicas.assertEqual(cluster, STORE);
    }

    @Test
    void a_log_that_was_cut_off_below_what_was_acknowledged_is_refused_and_replaced_by_joining_anew() throws Exception {
        crash();
        Path newest = files.newestSegment();
        NodeFiles.truncate(newest, NodeFiles.end(newest) * 2 / 3);

        assertRefused("may have been acknowledged");
        assertThat(files.groups("groups")).as("groups that Ratis would start").isEmpty();

        Replicas.delete(files.group());
        assertJoinsAnew();
    }

    @Test
    void a_torn_tail_that_nobody_was_told_of_is_cut_off() throws Exception {
        crash();
        Path newest = files.newestSegment();
        try (RandomAccessFile log = new RandomAccessFile(newest.toFile(), "rw")) {
            log.seek(NodeFiles.end(newest) + 8); // its last byte may be a zero that counts
            log.write(new byte[] {77, 1, 2, 3});
        }

        cluster.restart(NODE, STORE);

        assertWhole();
        assertThat(files.group())
                .isDirectoryContaining(file -> file.getFileName().toString().startsWith("torn-"));
    }

    @Test
    void a_log_that_was_lost_is_refused() throws Exception {
        cluster.stop(NODE);
        Replicas.delete(files.group());

        assertRefused("the Raft log and the votes of this member are missing");
        assertJoinsAnew();
    }

    @Test
    void a_store_that_was_lost_is_joined_anew_without_what_is_left_of_its_log() throws Exception {
        cluster.stop(NODE);
        Replicas.delete(files.storage());
        Path left = Files.createFile(files.group().resolve("left"));

        cluster.restart(NODE, STORE);

        assertWhole();
        assertThat(files.group().resolve(left.getFileName())).doesNotExist();
    }
}
