package io.esdb.subscriptions.persistent;

import io.esdb.subscriptions.persistent.Resume.Tried;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How what a pool keeps is written down. */
final class Notes {
    private static final int VERSION = 1;

    private Notes() {}

    /** A place, and the generation of the definition that it belongs to. */
    record StoredPlace(long generation, Place place) {}

    /** A parked event, and the generation in which it was parked. */
    record StoredParked(long generation, ParkedEvent event) {}

    static byte[] place(long generation, Place place) {
        Out out = new Out().u8(VERSION).i64(generation).i64(place.checkpoint()).i64(place.through());
        out.i32(place.open().size());
        place.open().forEach(out::i64);
        return out.toBytes();
    }

    static StoredPlace place(byte[] bytes) {
        In in = new In(bytes);
        in.version(VERSION);
        long generation = in.i64();
        long checkpoint = in.i64();
        long through = in.i64();
        List<Long> open = new ArrayList<>();
        for (int left = in.count(8); left > 0; left--) {
            open.add(in.i64());
        }
        return new StoredPlace(generation, new Place(checkpoint, through, open));
    }

    static byte[] tried(Tried tried) {
        return new Out().u8(VERSION).i32(tried.retries()).text(tried.reason()).toBytes();
    }

    static Tried tried(byte[] bytes) {
        In in = new In(bytes);
        in.version(VERSION);
        return new Tried(in.i32(), in.text());
    }

    static byte[] parked(long generation, ParkedEvent event) {
        return new Out()
                .u8(VERSION)
                .i64(generation)
                .i32(event.attempts())
                .text(event.reason())
                .text(event.consumer())
                .i64(event.parked().toEpochMilli())
                .toBytes();
    }

    static StoredParked parked(long position, byte[] bytes) {
        In in = new In(bytes);
        in.version(VERSION);
        long generation = in.i64();
        int attempts = in.i32();
        String reason = in.text();
        String consumer = in.text();
        return new StoredParked(
                generation, new ParkedEvent(position, attempts, reason, consumer, Instant.ofEpochMilli(in.i64())));
    }

    static byte[] claim(long term, String node) {
        return new Out().u8(VERSION).i64(term).text(node).toBytes();
    }

    /** The term of a claim. */
    static long termOf(byte[] claim) {
        In in = new In(claim);
        in.version(VERSION);
        return in.i64();
    }

    static String nodeOf(byte[] claim) {
        In in = new In(claim);
        in.version(VERSION);
        in.i64();
        return in.text();
    }
}
