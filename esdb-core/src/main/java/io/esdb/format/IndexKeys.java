package io.esdb.format;

import io.esdb.IndexKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Keys and values of the index of events. An event id: {@code 1 | low half 8 | high half 8} to its position, low half
 * first because it is the one that differs from id to id. A term: {@code kind 1 | hash 8 | position 8} to four bytes of
 * the hash of the event's type, which spare most looks at the event when a query names types as well.
 */
public final class IndexKeys {
    private static final byte EVENT_ID = 1;

    private final long seed;

    /** @param seed the store's hash seed */
    public IndexKeys(long seed) {
        this.seed = seed;
    }

    /** The key of an event id. */
    public static byte[] eventId(UUID id) {
        return ByteBuffer.allocate(17)
                .put(EVENT_ID)
                .putLong(id.getLeastSignificantBits())
                .putLong(id.getMostSignificantBits())
                .array();
    }

    /** What every key of a term starts with. */
    public byte[] term(IndexKind kind, String name) {
        return term(kind, hash(name));
    }

    static byte[] term(IndexKind kind, long hash) {
        return ByteBuffer.allocate(9).put(code(kind)).putLong(hash).array();
    }

    /** The key of an event under a term. */
    public static byte[] at(byte[] term, long position) {
        return ByteBuffer.allocate(17).put(term).putLong(position).array();
    }

    /** The position at the end of a term's key. */
    public static long position(ByteBuffer key) {
        return Longs.at(key, 9);
    }

    /** The four bytes that stand for a type. */
    public int typeHash(String type) {
        return (int) hash(type);
    }

    /** The value of a term's key. */
    public static byte[] typeHashValue(int typeHash) {
        return ByteBuffer.allocate(4).putInt(typeHash).array();
    }

    /** The value of an event id's key. */
    public static byte[] positionValue(long position) {
        return Longs.toBytes(position);
    }

    long hash(String name) {
        return SipHash.hash(seed, name.getBytes(StandardCharsets.UTF_8));
    }

    private static byte code(IndexKind kind) {
        return switch (kind) {
            case TYPE -> 2;
            case CATEGORY -> 3;
            case TAG -> 4;
        };
    }
}
