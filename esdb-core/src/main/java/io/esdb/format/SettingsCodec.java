package io.esdb.format;

import io.esdb.IndexKind;
import io.esdb.machine.Settings;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** What is decided once, under the key {@code settings}: {@code version 1 | id 16 | hash seed 8 | indexes 1}. */
public final class SettingsCodec {
    private static final int VERSION = 1;

    private SettingsCodec() {}

    /** The key in the META branch. */
    public static byte[] key() {
        return "settings".getBytes(StandardCharsets.US_ASCII);
    }

    /** The value. */
    public static byte[] encode(Settings settings) {
        ByteWriter out = new ByteWriter(26).u8(VERSION);
        write(out, settings);
        return out.toBytes();
    }

    /** The settings of a value. */
    public static Settings decode(byte[] value) {
        ByteReader in = new ByteReader(value);
        int version = in.u8();
        if (version != VERSION) {
            throw new FormatException("the settings have version " + version);
        }
        Settings settings = read(in);
        in.end();
        return settings;
    }

    static void write(ByteWriter out, Settings settings) {
        int indexes = 0;
        for (IndexKind kind : settings.indexes()) {
            indexes |= bit(kind);
        }
        out.uuid(settings.id()).i64(settings.hashSeed()).u8(indexes);
    }

    static Settings read(ByteReader in) {
        UUID id = in.uuid();
        long seed = in.i64();
        int bits = in.u8();
        if (bits >= 1 << IndexKind.values().length) {
            throw new FormatException("unknown kinds of indexes: " + bits);
        }
        Set<IndexKind> indexes = EnumSet.noneOf(IndexKind.class);
        for (IndexKind kind : IndexKind.values()) {
            if ((bits & bit(kind)) != 0) {
                indexes.add(kind);
            }
        }
        return new Settings(id, seed, indexes);
    }

    private static int bit(IndexKind kind) {
        return switch (kind) {
            case TYPE -> 1;
            case CATEGORY -> 2;
            case TAG -> 4;
        };
    }
}
