package io.esdb.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Nodes that are started when a contest needs them first, and stay for the next ones. */
final class LazyNodes implements Closeable {
    private final Bench bench;
    private final NodeKind kind;
    private final int count;
    private final String first;
    private @Nullable NodeProcesses nodes;

    private LazyNodes(Bench bench, NodeKind kind, int count, String first) {
        this.bench = bench;
        this.kind = kind;
        this.count = count;
        this.first = first;
    }

    /** Nodes whose code was run for a while before they are handed out. */
    static LazyNodes warm(Bench bench, NodeKind kind, int count) {
        long millis = bench.scale().nodeRound().multipliedBy(4).toMillis();
        return new LazyNodes(bench, kind, count, "append 64 " + millis);
    }

    /** Nodes whose store has some events before they are handed out. */
    static LazyNodes loaded(Bench bench, NodeKind kind, int count, int events) {
        return new LazyNodes(bench, kind, count, "load " + events);
    }

    /** The nodes, each with one store. */
    NodeProcesses get() throws Exception {
        NodeProcesses now = nodes;
        if (now == null) {
            now = new NodeProcesses(kind, count, 1, bench.newFolder());
            nodes = now;
            String unused = now.node(now.leader()).ask(first);
        }
        return now;
    }

    /** A figure that the leader tells. */
    double askLeader(String question) throws Exception {
        NodeProcesses now = get();
        return Double.parseDouble(now.node(now.leader()).ask(question));
    }

    @Override
    public void close() throws IOException {
        if (nodes != null) {
            nodes.close();
        }
    }
}
