package io.esdb.snapshots;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.esdb.EsdbException;
import io.esdb.StoreCorrupt;
import io.esdb.StoreTooNew;
import io.esdb.spi.DocumentPage.Entry;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** The values of snapshots in the tree: a format number, the schema version, the time, the names, and then the data. */
final class ContentCodec {
    private static final byte FORMAT = 1;
    private static final int FIXED = 1 + Integer.BYTES + Long.BYTES + 2 * Short.BYTES;

    private ContentCodec() {}

    static byte[] encode(SnapshotContent content, long createdMicros) {
        byte[] type = content.type().getBytes(UTF_8);
        byte[] contentType = content.contentType().getBytes(UTF_8);
        return ByteBuffer.allocate(FIXED + type.length + contentType.length + content.data().length)
                .put(FORMAT)
                .putInt(content.schemaVersion())
                .putLong(createdMicros)
                .putShort((short) type.length)
                .put(type)
                .putShort((short) contentType.length)
                .put(contentType)
                .put(content.data())
                .array();
    }

    /**
     * @param store whose document it is
     * @throws StoreTooNew if a newer esdb wrote it
     * @throws StoreCorrupt if nobody did
     */
    static Snapshot decode(String store, Entry entry) {
        ByteBuffer value = ByteBuffer.wrap(entry.document().value());
        try {
            int format = Byte.toUnsignedInt(value.get());
            if (format > FORMAT) {
                throw new StoreTooNew(store, "a snapshot has format " + format + ", known is " + FORMAT, null);
            }
            if (format < FORMAT) {
                throw new IllegalArgumentException("has format " + format);
            }
            return decode(KeyCodec.decode(entry.key().key()), value);
        } catch (StoreTooNew e) {
            throw e;
        } catch (EsdbException | IllegalArgumentException | BufferUnderflowException e) {
            throw new StoreCorrupt(store, "a document of the branch for snapshots is none", e);
        }
    }

    private static Snapshot decode(SnapshotKey key, ByteBuffer value) {
        int schemaVersion = value.getInt();
        long createdMicros = value.getLong();
        String type = text(value);
        String contentType = text(value);
        byte[] data = new byte[value.remaining()];
        value.get(data);
        return new Snapshot(key, new SnapshotContent(type, schemaVersion, contentType, data), createdMicros);
    }

    private static String text(ByteBuffer value) {
        byte[] bytes = new byte[Short.toUnsignedInt(value.getShort())];
        value.get(bytes);
        return new String(bytes, UTF_8);
    }
}
