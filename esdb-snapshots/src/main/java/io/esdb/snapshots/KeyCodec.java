package io.esdb.snapshots;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.esdb.spi.Branch;
import io.esdb.spi.DocumentKey;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The keys of snapshots in the tree: a tag, the source, 0, the stream, 0, the version in 8 bytes. Names hold no 0, so
 * no two keys meet, and bytes are ordered as keys are.
 */
final class KeyCodec {
    /** Leaves room for documents of another kind in the same branch. */
    private static final byte TAG = 1;

    private static final byte END = 0;

    private KeyCodec() {}

    static DocumentKey encode(SnapshotKey key) {
        return new DocumentKey(Branch.SNAPSHOTS, bytes(key));
    }

    static byte[] bytes(SnapshotKey key) {
        byte[] prefix = prefix(key.source(), key.stream());
        return ByteBuffer.allocate(prefix.length + Long.BYTES)
                .put(prefix)
                .putLong(key.version())
                .array();
    }

    /** How the keys of all snapshots, of a source, or of a stream by a source begin. */
    static byte[] prefix(@Nullable String source, @Nullable String stream) {
        byte[] first = source == null ? new byte[0] : source.getBytes(UTF_8);
        byte[] second = stream == null ? new byte[0] : stream.getBytes(UTF_8);
        int ends = (source == null ? 0 : 1) + (stream == null ? 0 : 1);
        ByteBuffer prefix = ByteBuffer.allocate(1 + first.length + second.length + ends);
        prefix.put(TAG).put(first);
        if (source != null) {
            prefix.put(END).put(second);
        }
        if (stream != null) {
            prefix.put(END);
        }
        return prefix.array();
    }

    /** @throws IllegalArgumentException if these bytes are no key of a snapshot */
    static SnapshotKey decode(byte[] key) {
        int first = end(key, 1);
        int second = end(key, first + 1);
        if (key[0] != TAG || key.length != second + 1 + Long.BYTES) {
            throw new IllegalArgumentException("is no key of a snapshot");
        }
        return new SnapshotKey(
                new String(key, 1, first - 1, UTF_8),
                new String(key, first + 1, second - first - 1, UTF_8),
                ByteBuffer.wrap(key).getLong(second + 1));
    }

    private static int end(byte[] key, int from) {
        for (int at = from; at < key.length; at++) {
            if (key[at] == END) {
                return at;
            }
        }
        throw new IllegalArgumentException("is cut short");
    }
}
