package io.esdb.format;

import io.esdb.RecordedEvent;
import io.esdb.machine.StoredEvent;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The record of an event in the event log: {@code crc32c 4 | version 1 | flags 1 | position 8 | stream id 8 | revision 8
 * | created 8 | event id 16 | append index 4 | append size 4 | stream name | body}. The checksum covers all that
 * follows it. The record carries everything, so every index can be made again from the event log.
 */
public final class RecordCodec {
    private static final int VERSION = 1;
    private static final int CHECKSUM_BYTES = 4;
    private static final int FLAGS_BYTES = 1;
    private static final int STREAM_ID_AT = 14;
    private static final int APPEND_AT = 54;
    private static final int APPEND_BYTES = 8;

    private RecordCodec() {}

    /** The record of an event. */
    public static byte[] encode(StoredEvent stored) {
        RecordedEvent event = stored.event();
        EventBody body = EventBody.of(event);
        ByteWriter out = new ByteWriter(body.sizeHint() + 64 + event.stream().length());
        out.i32(0).u8(VERSION).u8(0);
        out.i64(event.position()).i64(stored.streamId()).i64(event.revision()).i64(event.createdMicros());
        out.uuid(event.id()).i32(stored.appendIndex()).i32(stored.appendSize());
        out.text(event.stream());
        body.write(out);
        byte[] record = out.toBytes();
        putChecksum(record);
        return record;
    }

    /**
     * The event of a record.
     *
     * @param record a heap buffer; its remaining bytes are the record, and it does not move
     * @param position where the record was found
     * @throws FormatException if the checksum does not match, the record belongs elsewhere, or is of a newer version
     */
    public static RecordedEvent event(ByteBuffer record, long position) {
        ByteReader in = ByteReader.over(record);
        int checksum = in.i32();
        if (checksum != checksumOf(in.array(), in.offset(), in.remaining())) {
            throw new FormatException("the checksum of the event at position " + position + " does not match");
        }
        int version = in.u8();
        if (version != VERSION) {
            throw new FormatException("the event at position " + position + " has record version " + version);
        }
        in.skip(FLAGS_BYTES);
        long found = in.i64();
        if (found != position) {
            throw new FormatException("the event of position " + found + " stands at position " + position);
        }
        in.skip(Long.BYTES); // the id of the stream
        return event(in, position);
    }

    /** As {@link #event(ByteBuffer, long)}. */
    public static RecordedEvent event(byte[] record, long position) {
        return event(ByteBuffer.wrap(record), position);
    }

    /** As {@link #event(ByteBuffer, long)}, with what the store keeps besides. */
    public static StoredEvent decode(ByteBuffer record, long position) {
        RecordedEvent event = event(record, position);
        ByteReader in = ByteReader.over(record);
        in.skip(STREAM_ID_AT);
        long streamId = in.i64();
        in.skip(APPEND_AT - STREAM_ID_AT - Long.BYTES);
        return new StoredEvent(event, streamId, in.i32(), in.i32());
    }

    /** As {@link #decode(ByteBuffer, long)}. */
    public static StoredEvent decode(byte[] record, long position) {
        return decode(ByteBuffer.wrap(record), position);
    }

    private static RecordedEvent event(ByteReader in, long position) {
        long revision = in.i64();
        long created = in.i64();
        UUID id = in.uuid();
        in.skip(APPEND_BYTES);
        String stream = in.text();
        EventBody body = EventBody.read(in);
        in.end();
        return new RecordedEvent(
                position,
                stream,
                revision,
                id,
                body.type(),
                body.contentType(),
                body.data(),
                body.metadataContentType(),
                body.metadata(),
                body.tags(),
                created);
    }

    private static void putChecksum(byte[] record) {
        ByteBuffer.wrap(record).putInt(checksumOf(record, CHECKSUM_BYTES, record.length - CHECKSUM_BYTES));
    }

    private static int checksumOf(byte[] bytes, int from, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }
}
