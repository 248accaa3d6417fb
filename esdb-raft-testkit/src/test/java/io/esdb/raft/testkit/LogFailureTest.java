package io.esdb.raft.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk that fails under the Raft log stops its node at most, and only as long as it fails. */
class LogFailureTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path temp;

    @ParameterizedTest
    @CsvSource({"leader, enospc 1", "leader-disk, fsync_eio 1"})
    void a_leader_whose_log_fails_gives_up_the_lead_and_comes_back_with_the_disk(String scenario, String rule)
            throws Exception {
        run(scenario, rule);
    }

    @Test
    void a_cluster_whose_disks_are_full_answers_every_caller_and_comes_back_with_the_disks() throws Exception {
        run("all", "enospc 1");
    }

    @Test
    void members_whose_votes_could_not_be_written_come_back_with_the_disk() throws Exception {
        run("votes", "enospc 1");
    }

    @Test
    void a_member_whose_file_of_members_could_not_be_written_does_not_go_back_to_the_founders() throws Exception {
        run("members", "enospc 1");
    }

    private void run(String scenario, String rule) throws IOException, InterruptedException {
        DiskFaults faults = new DiskFaults(temp.resolve("control"));
        Path nodes = temp.resolve("nodes");
        try (ChildJvm child = ChildJvm.start(
                temp, faults.environment(nodes), FaultyCluster.class, nodes, faults.control(), scenario, rule)) {
            child.await("well", 1, PATIENCE);
        }
    }
}
