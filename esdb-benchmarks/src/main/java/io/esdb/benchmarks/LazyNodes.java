package io.esdb.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Nodes that are started when a contest needs them first, and stay for the next ones. */
final class LazyNodes implements Closeable {
    private final Bench bench;
    private final NodeKind kind;
    private final int count;
    private final Preparation preparation;
    private @Nullable NodeProcesses nodes;

    /** What is done with nodes before they are handed out. */
    @FunctionalInterface
    private interface Preparation {
        void prepare(NodeProcesses nodes) throws Exception;
    }

    private LazyNodes(Bench bench, NodeKind kind, int count, Preparation preparation) {
        this.bench = bench;
        this.kind = kind;
        this.count = count;
        this.preparation = preparation;
    }

    /** Nodes that have run until they hardly got faster any more. */
    static LazyNodes warm(Bench bench, NodeKind kind, int count) {
        Duration round = bench.scale().nodeRound().multipliedBy(2);
        return new LazyNodes(bench, kind, count, nodes -> {
            if (!bench.scale().warmUp()) {
                return;
            }
            for (int callers : new int[] {64, 1}) {
                NodeAppends appends = new NodeAppends(nodes, callers, round);
                WarmUp.run(appends::measure);
            }
        });
    }

    /** Nodes whose store has some events before they are handed out. */
    static LazyNodes loaded(Bench bench, NodeKind kind, int count, int events) {
        return new LazyNodes(bench, kind, count, nodes -> nodes.askLeader("load " + events));
    }

    /** The nodes, each with one store. */
    NodeProcesses get() throws Exception {
        NodeProcesses now = nodes;
        if (now == null) {
            now = new NodeProcesses(kind, count, 1, bench.newFolder());
            nodes = now;
            preparation.prepare(now);
        }
        return now;
    }

    /** A figure that the leader tells. */
    double askLeader(String question) throws Exception {
        return Double.parseDouble(get().askLeader(question));
    }

    @Override
    public void close() throws IOException {
        if (nodes != null) {
            nodes.close();
        }
    }
}
