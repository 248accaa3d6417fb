package io.esdb.raft.testkit;

import io.esdb.host.EventStores;
import io.esdb.raft.Member;
import io.esdb.raft.RaftNode;
import io.esdb.raft.RaftOptions;
import io.esdb.storage.rocks.RocksStorageProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Three nodes that many tests use, several at the same time: starting nodes for each would take most of the time. A
 * test opens its stores on the first node, the tested one; the two others, the companions, open whatever it opens.
 */
final class SharedCluster implements AutoCloseable {
    static final String TESTED = "n1";

    /** Far above the pauses of a machine on which many tests run at once. */
    private static final Duration ELECTION = Duration.ofSeconds(1);

    private final TestedNode tested;
    private final Companions companions;

    private SharedCluster(TestedNode tested, Companions companions) {
        this.tested = tested;
        this.companions = companions;
    }

    /** Starts the nodes, with their data below a folder. */
    static SharedCluster start(Path folder) {
        List<Integer> ports = FreePorts.find(3);
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            members.add(new Member("n" + (i + 1), "127.0.0.1", ports.get(i)));
        }
        List<Companion> companions = new ArrayList<>();
        for (Member member : members.subList(1, 3)) {
            Path own = folder.resolve(member.name());
            companions.add(new Companion(member.name(), own, RaftNode.start(own, options(member, members))));
        }
        Path own = folder.resolve(TESTED);
        Companions both = new Companions(companions);
        return new SharedCluster(
                new TestedNode(own, RaftNode.start(own, options(members.get(0), members)), both), both);
    }

    private static RaftOptions options(Member self, List<Member> members) {
        return RaftOptions.of("contract", self, members).withTimeouts(ELECTION, Companion.PATIENCE);
    }

    /** Stores on the tested node, which leads them once they are open. */
    EventStores openOnLeader(Path root, InstantSource clock) {
        return open(root, clock, true);
    }

    /** Stores on the tested node, which follows once they are open. */
    EventStores openOnFollower(Path root, InstantSource clock) {
        return open(root, clock, false);
    }

    private EventStores open(Path root, InstantSource clock, boolean leading) {
        return EventStores.at(root)
                .storage(new RocksStorageProvider())
                .log(tested.log(leading))
                .clock(clock)
                .open();
    }

    /** A test is over and has closed its stores: what the nodes have of those below this folder goes. */
    void forget(Path root) {
        tested.forget(root);
    }

    /** The tests have closed their stores. */
    @Override
    public void close() {
        companions.awaitDropped();
        tested.close();
        companions.close();
    }
}
