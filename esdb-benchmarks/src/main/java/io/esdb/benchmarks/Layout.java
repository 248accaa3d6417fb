package io.esdb.benchmarks;

import io.esdb.EventData;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The keys and values that esdb writes for an append, byte for byte as long, made with as little work as possible: what
 * somebody who writes straight to a key-value store would put there.
 */
final class Layout {
    private static final int HEADER = 4 + 1 + 1 + 8 + 8 + 8 + 8 + 16 + 4 + 4;
    private static final byte[] PROGRESS = "progress".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COMMITS = "commits".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STREAM = new byte[34];
    private static final byte EVENT_ID = 1;
    private static final byte TYPE = 2;
    private static final byte CATEGORY = 3;
    private static final byte TAG = 4;

    private Layout() {}

    /** Takes an entry. */
    @FunctionalInterface
    interface Target {
        void put(Family family, byte[] key, byte[] value) throws Exception;
    }

    /** The entries of an append whose first event gets this position. */
    static void append(SampleAppend append, long position, Target target) throws Exception {
        byte[] name = append.name().getBytes(StandardCharsets.UTF_8);
        if (append.revision() == 0) {
            target.put(Family.STREAMS, name, STREAM);
        }
        long at = position;
        long revision = append.revision();
        for (EventData event : append.events()) {
            byte[] place = number(at);
            target.put(Family.EVENTS, place, record(at, append.stream(), revision, name, event));
            target.put(Family.STREAM_INDEX, streamKey(append.stream(), revision), place);
            target.put(Family.INDEX, idKey(event.id()), place);
            byte[] typeHash =
                    ByteBuffer.allocate(4).putInt(event.type().hashCode()).array();
            target.put(Family.INDEX, term(TYPE, hash(event.type()), at), typeHash);
            target.put(Family.INDEX, term(CATEGORY, hash("order"), at), typeHash);
            for (String tag : event.tags()) {
                target.put(Family.INDEX, term(TAG, hash(tag), at), typeHash);
            }
            at++;
            revision++;
        }
    }

    /** The entries of a batch of appends, written once at its end. */
    static void endOfBatch(long nextPosition, Target target) throws Exception {
        byte[] progress = ByteBuffer.allocate(85).putLong(nextPosition).array();
        target.put(Family.DEFAULT, PROGRESS, progress);
        target.put(Family.DEFAULT, COMMITS, number(nextPosition));
    }

    static byte[] number(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }

    static long number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    static byte[] streamKey(long stream, long revision) {
        return ByteBuffer.allocate(16).putLong(stream).putLong(revision).array();
    }

    /** The revision in a key of the stream index. */
    static long revision(byte[] streamKey) {
        return ByteBuffer.wrap(streamKey).getLong(8);
    }

    static byte[] idKey(UUID id) {
        return ByteBuffer.allocate(17)
                .put(EVENT_ID)
                .putLong(id.getLeastSignificantBits())
                .putLong(id.getMostSignificantBits())
                .array();
    }

    static boolean isIdKey(Family family, byte[] key) {
        return family == Family.INDEX && key[0] == EVENT_ID;
    }

    private static byte[] term(byte kind, long hash, long position) {
        return ByteBuffer.allocate(17).put(kind).putLong(hash).putLong(position).array();
    }

    private static long hash(String name) {
        return name.hashCode() * 0x9e37_79b9_7f4a_7c15L;
    }

    private static byte[] record(long position, long stream, long revision, byte[] name, EventData event) {
        byte[] type = event.type().getBytes(StandardCharsets.UTF_8);
        byte[] tags = String.join(" ", event.tags()).getBytes(StandardCharsets.UTF_8);
        int length = HEADER + 1 + name.length + 1 + type.length + tags.length + 4 + 2 + event.data().length;
        ByteBuffer record = ByteBuffer.allocate(length);
        record.putInt(0).put((byte) 1).put((byte) 0);
        record.putLong(position).putLong(stream).putLong(revision).putLong(0);
        UUID id = event.id();
        record.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        record.putInt(0).putInt(1);
        record.put((byte) name.length)
                .put(name)
                .put((byte) type.length)
                .put(type)
                .put(tags);
        record.putInt(0).putShort((short) event.data().length).put(event.data());
        return record.array();
    }
}
