package io.esdb.subscriptions.persistent;

import io.esdb.subscriptions.Selector;
import java.time.Duration;
import java.util.UUID;

/**
 * What a subscription is, as it is stored under its name.
 *
 * @param id never given to another one, also not of the same name
 * @param generation counts its resets
 * @param from everything up to this position is passed over
 * @param stopReason why it was stopped; empty if it was not
 */
record Definition(
        UUID id,
        long generation,
        String name,
        Selector selector,
        long from,
        PersistentOptions options,
        boolean paused,
        String stopReason,
        long createdMicros) {
    private static final int VERSION = 1;

    boolean runs() {
        return !paused && stopReason.isEmpty();
    }

    Definition with(Selector selector, PersistentOptions options) {
        return new Definition(id, generation, name, selector, from, options, paused, stopReason, createdMicros);
    }

    Definition resetTo(long position) {
        return new Definition(id, generation + 1, name, selector, position, options, paused, stopReason, createdMicros);
    }

    Definition pausedNow() {
        return new Definition(id, generation, name, selector, from, options, true, stopReason, createdMicros);
    }

    Definition resumed() {
        return new Definition(id, generation, name, selector, from, options, false, "", createdMicros);
    }

    Definition stopped(String reason) {
        String why = reason.isBlank() ? "a handler asked for it" : reason;
        return new Definition(id, generation, name, selector, from, options, paused, why, createdMicros);
    }

    byte[] encode() {
        Out out = new Out()
                .u8(VERSION)
                .uuid(id)
                .i64(generation)
                .text(name)
                .text(selector.text())
                .i64(from)
                .flag(paused)
                .text(stopReason)
                .i64(createdMicros);
        write(options, out);
        return out.toBytes();
    }

    static Definition decode(byte[] bytes) {
        In in = new In(bytes);
        in.version(VERSION);
        UUID id = in.uuid();
        long generation = in.i64();
        String name = in.text();
        Selector selector = Selector.parse(in.text());
        long from = in.i64();
        boolean paused = in.flag();
        String stopReason = in.text();
        long createdMicros = in.i64();
        return new Definition(id, generation, name, selector, from, options(in), paused, stopReason, createdMicros);
    }

    private static void write(PersistentOptions options, Out out) {
        out.i32(options.workers())
                .text(options.orderBy().kind().name())
                .text(options.orderBy().tagPrefix())
                .text(options.strategy().name())
                .i32(options.maxInFlight())
                .duration(options.messageTimeout())
                .i32(options.maxRetries())
                .duration(options.firstRetry())
                .duration(options.longestRetry())
                .duration(options.consumerTimeout())
                .duration(options.checkpointAfter())
                .i32(options.checkpointEvery());
    }

    private static PersistentOptions options(In in) {
        int workers = in.i32();
        OrderBy orderBy = new OrderBy(OrderBy.Kind.valueOf(in.text()), in.text());
        Strategy strategy = Strategy.valueOf(in.text());
        int maxInFlight = in.i32();
        Duration messageTimeout = in.duration();
        int maxRetries = in.i32();
        Duration firstRetry = in.duration();
        Duration longestRetry = in.duration();
        Duration consumerTimeout = in.duration();
        Duration checkpointAfter = in.duration();
        return new PersistentOptions(
                workers,
                orderBy,
                strategy,
                maxInFlight,
                messageTimeout,
                maxRetries,
                firstRetry,
                longestRetry,
                consumerTimeout,
                checkpointAfter,
                in.i32());
    }
}
