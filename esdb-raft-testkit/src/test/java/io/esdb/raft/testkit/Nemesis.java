package io.esdb.raft.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Hurts a cluster, one wound at a time, as a seed says, and heals it again; two of three nodes are always well. */
final class Nemesis {
    private final Random random;
    private final LocalCluster cluster;
    private final String store;
    private final List<String> deeds = new ArrayList<>();

    Nemesis(long seed, LocalCluster cluster, String store) {
        this.random = new Random(seed);
        this.cluster = cluster;
        this.store = store;
    }

    /** What was done, in order. */
    List<String> deeds() {
        return deeds;
    }

    /** Hurts a node, the leader more often than not; run what it returns to heal it. */
    Runnable hurt() {
        int leader = cluster.awaitLeader(store);
        int node = random.nextInt(4) == 0 ? random.nextInt(cluster.size()) : leader;
        return switch (random.nextInt(5)) {
            case 0 -> kill(node);
            case 1 -> isolate(node);
            case 2 -> pause(node);
            case 3 -> halfCut(node);
            default -> jump(node);
        };
    }

    private Runnable kill(int node) {
        deeds.add("kill " + node);
        cluster.kill(node);
        return () -> cluster.restart(node, store);
    }

    private Runnable isolate(int node) {
        deeds.add("isolate " + node);
        cluster.isolate(node);
        return cluster::heal;
    }

    private Runnable pause(int node) {
        deeds.add("pause " + node);
        cluster.pause(node);
        return () -> cluster.resume(node);
    }

    /** The node is heard and hears nothing. */
    private Runnable halfCut(int node) {
        deeds.add("deafen " + node);
        for (int other = 0; other < cluster.size(); other++) {
            if (other != node) {
                cluster.cut(other, node);
            }
        }
        return cluster::heal;
    }

    private Runnable jump(int node) {
        Duration by = Duration.ofSeconds(random.nextInt(7_200) - 3_600L);
        deeds.add("jump " + node + " by " + by + " and isolate");
        cluster.jump(node, by);
        cluster.isolate(node);
        return cluster::heal;
    }
}
