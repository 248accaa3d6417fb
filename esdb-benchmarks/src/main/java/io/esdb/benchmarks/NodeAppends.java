package io.esdb.benchmarks;

import java.time.Duration;

/** Callers in the leader's JVM, each waiting for its answer. The figure is events a second. */
final class NodeAppends implements Workload {
    private static final int TRIES = 5;

    private final NodeProcesses nodes;
    private final int callers;
    private final Duration duration;

    NodeAppends(NodeProcesses nodes, int callers, Duration duration) {
        this.nodes = nodes;
        this.callers = callers;
        this.duration = duration;
    }

    /** A round counts only if one node led all the time. */
    @Override
    public double measure() throws Exception {
        for (int i = 0; i < TRIES; i++) {
            int leader = nodes.leader();
            double rate = Double.parseDouble(nodes.node(leader).ask("append " + callers + " " + duration.toMillis()));
            if (nodes.leader() == leader) {
                return rate;
            }
        }
        throw new IllegalStateException("leaders came and went");
    }

    @Override
    public void verify() throws Exception {
        String unused = nodes.askLeader("verify");
    }
}
