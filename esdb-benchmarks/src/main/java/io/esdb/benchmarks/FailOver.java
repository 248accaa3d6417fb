package io.esdb.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** The time from the leader's sudden end to the first acknowledged append on a survivor, in milliseconds. */
final class FailOver implements Workload {
    private final NodeProcesses nodes;

    FailOver(NodeProcesses nodes) {
        this.nodes = nodes;
    }

    @Override
    public double measure() throws Exception {
        int leader = nodes.leader();
        long start = System.nanoTime();
        nodes.node(leader).kill();
        List<CompletableFuture<Long>> answers = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (i != leader) {
                answers.add(acknowledged(nodes.node(i)));
            }
        }
        long end = Long.MAX_VALUE;
        for (CompletableFuture<Long> answer : answers) {
            end = Math.min(end, get(answer));
        }
        double unused = nodes.restart(leader);
        return TimeUnit.NANOSECONDS.toMicros(end - start) / 1e3;
    }

    /** When a node acknowledged an append; never if it leaves appends to another one. */
    private static CompletableFuture<Long> acknowledged(NodeProcess node) {
        CompletableFuture<Long> time = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        boolean done = Boolean.parseBoolean(node.ask("somehow"));
                        time.complete(done ? System.nanoTime() : Long.MAX_VALUE);
                    } catch (Exception e) {
                        time.completeExceptionally(e);
                    }
                },
                "fail-over");
        thread.setDaemon(true);
        thread.start();
        return time;
    }

    private static long get(CompletableFuture<Long> answer) throws Exception {
        try {
            return answer.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Override
    public void verify() throws Exception {
        String unused = nodes.askLeader("verify");
    }
}
