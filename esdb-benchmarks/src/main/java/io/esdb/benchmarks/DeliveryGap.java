package io.esdb.benchmarks;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Kills the leader while a survivor appends and has a consumer, and takes the longest time between two deliveries and
 * between two answers, in milliseconds. Both come from the same kill: whichever is asked for first makes it.
 */
final class DeliveryGap {
    private final LazyNodes lazy;
    private final Queue<Double> deliveries = new ArrayDeque<>();
    private final Queue<Double> appends = new ArrayDeque<>();

    DeliveryGap(LazyNodes lazy) {
        this.lazy = lazy;
    }

    double deliveries() throws Exception {
        return next(deliveries);
    }

    double appends() throws Exception {
        return next(appends);
    }

    private double next(Queue<Double> figures) throws Exception {
        if (figures.isEmpty()) {
            kill();
        }
        return figures.remove();
    }

    private void kill() throws Exception {
        NodeProcesses nodes = lazy.get();
        for (int i = 0; i < nodes.size(); i++) {
            String unused = nodes.node(i).ask("serve");
        }
        int leader = nodes.leader();
        NodeProcess survivor = nodes.node((leader + 1) % nodes.size());
        String unused = survivor.ask("consume");
        nodes.node(leader).kill();
        String[] gaps = survivor.ask("gaps").split(" ", -1);
        deliveries.add(Double.parseDouble(gaps[0]));
        appends.add(Double.parseDouble(gaps[1]));
        double unusedTime = nodes.restart(leader);
    }
}
