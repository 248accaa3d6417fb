package io.esdb.format;

import io.esdb.machine.Counters;
import io.esdb.spi.LogIndex;
import java.nio.charset.StandardCharsets;

/**
 * How far a store has come; written in the same batch as the data it stands for, under the key {@code progress}: {@code
 * version 1 | term 8 | index 8 | rules 4 | next position 8 | last time 8 | streams 8 | restricted 8 | digest 32}.
 *
 * @param applied the last log entry whose effects are here
 * @param counters the machine's counters after it
 * @param digest the chain over everything applied
 */
public record Progress(LogIndex applied, Counters counters, byte[] digest) {
    /** The newest version of this layout that this code knows. */
    public static final int VERSION = 1;

    /** Before the first entry. */
    public static Progress none() {
        return new Progress(LogIndex.NONE, Counters.NONE, new byte[StateDigest.BYTES]);
    }

    /** The key in the META branch. */
    public static byte[] key() {
        return "progress".getBytes(StandardCharsets.US_ASCII);
    }

    /** The value. */
    public byte[] encode() {
        return new ByteWriter(85)
                .u8(VERSION)
                .i64(applied.term())
                .i64(applied.index())
                .i32(counters.version())
                .i64(counters.nextPosition())
                .i64(counters.lastTime())
                .i64(counters.streams())
                .i64(counters.restricted())
                .raw(digest)
                .toBytes();
    }

    /** The progress of a value. */
    public static Progress decode(byte[] value) {
        ByteReader in = new ByteReader(value);
        int version = in.u8();
        if (version != VERSION) {
            throw new FormatException("the progress record has version " + version);
        }
        LogIndex applied = new LogIndex(in.i64(), in.i64());
        Counters counters = new Counters(in.i32(), in.i64(), in.i64(), in.i64(), in.i64());
        Progress progress = new Progress(applied, counters, in.raw(StateDigest.BYTES));
        in.end();
        return progress;
    }
}
