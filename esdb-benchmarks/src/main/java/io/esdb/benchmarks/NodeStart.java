package io.esdb.benchmarks;

/** The time that a node takes to open its store in a JVM that has just started, in milliseconds. */
final class NodeStart implements Workload {
    private final NodeProcesses nodes;
    private final boolean killed;

    /** @param killed whether the node ended by force before, or in order */
    NodeStart(NodeProcesses nodes, boolean killed) {
        this.nodes = nodes;
        this.killed = killed;
    }

    @Override
    public double measure() throws Exception {
        int node = nodes.size() == 1 ? 0 : (nodes.leader() + 1) % nodes.size();
        if (killed) {
            nodes.node(node).kill();
        } else {
            nodes.node(node).close();
        }
        return nodes.restart(node);
    }

    @Override
    public void verify() throws Exception {
        String unused = nodes.askLeader("verify");
    }
}
