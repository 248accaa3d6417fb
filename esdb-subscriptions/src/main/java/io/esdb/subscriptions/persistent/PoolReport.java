package io.esdb.subscriptions.persistent;

import io.esdb.spi.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a pool is doing, as the leader says when it is asked.
 *
 * @param sinceProgress how long ago an event was done with, or the pool began
 */
record PoolReport(
        PoolState state,
        String node,
        long checkpoint,
        long lag,
        Duration lagTime,
        int inFlight,
        int open,
        int retrying,
        long delivered,
        long acknowledged,
        long retries,
        long timeouts,
        long skipped,
        Duration sinceProgress,
        String lastError,
        List<ConsumerInfo> consumers) {
    /** The most names of one question. */
    static final int MOST_NAMES = 100;

    private static final int MOST_CONSUMERS = 100;

    static final Question<List<String>, Map<String, PoolReport>> KIND = new Question<>(
            "esdb.subscriptions.report", PoolReport::names, PoolReport::names, PoolReport::encode, PoolReport::decode);

    PoolReport {
        consumers = consumers.stream().limit(MOST_CONSUMERS).toList();
    }

    /** One that runs nowhere. */
    static PoolReport none(PoolState state, String node, String lastError) {
        return new PoolReport(
                state, node, -1, 0, Duration.ZERO, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO, lastError, List.of());
    }

    private static byte[] names(List<String> names) {
        Out out = new Out().i32(names.size());
        names.forEach(out::text);
        return out.toBytes();
    }

    private static List<String> names(byte[] bytes) {
        In in = new In(bytes);
        List<String> names = new ArrayList<>();
        for (int left = Math.min(MOST_NAMES, in.count(4)); left > 0; left--) {
            names.add(in.text());
        }
        return names;
    }

    private static byte[] encode(Map<String, PoolReport> reports) {
        Out out = new Out().i32(reports.size());
        reports.forEach((name, report) -> report.write(out.text(name)));
        return out.toBytes();
    }

    private static Map<String, PoolReport> decode(byte[] bytes) {
        In in = new In(bytes);
        Map<String, PoolReport> reports = new HashMap<>();
        for (int left = in.count(80); left > 0; left--) {
            reports.put(in.text(), read(in));
        }
        return reports;
    }

    private void write(Out out) {
        out.text(state.name())
                .text(node)
                .i64(checkpoint)
                .i64(lag)
                .duration(lagTime)
                .i32(inFlight)
                .i32(open)
                .i32(retrying)
                .i64(delivered)
                .i64(acknowledged)
                .i64(retries)
                .i64(timeouts)
                .i64(skipped)
                .duration(sinceProgress)
                .text(lastError)
                .i32(consumers.size());
        consumers.forEach(one -> out.text(one.id()).text(one.node()).i32(one.inFlight()));
    }

    private static PoolReport read(In in) {
        return new PoolReport(
                PoolState.valueOf(in.text()),
                in.text(),
                in.i64(),
                in.i64(),
                in.duration(),
                in.i32(),
                in.i32(),
                in.i32(),
                in.i64(),
                in.i64(),
                in.i64(),
                in.i64(),
                in.i64(),
                in.duration(),
                in.text(),
                consumers(in));
    }

    private static List<ConsumerInfo> consumers(In in) {
        List<ConsumerInfo> consumers = new ArrayList<>();
        for (int left = in.count(12); left > 0; left--) {
            consumers.add(new ConsumerInfo(in.text(), in.text(), in.i32()));
        }
        return consumers;
    }
}
