package io.esdb.erasure;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the store's tree holds for a subject. The layout: version 1, state 1; of a wrapped key then its fingerprint 16 and the
 * wrapped key; of a shredded one then the microseconds since 1970 at which it was and whether the provider confirmed 1.
 */
sealed interface KeyRecord {
    byte VERSION = 1;
    byte WRAPPED = 1;
    byte SHREDDED = 2;
    int FINGERPRINT_BYTES = 16;

    /** The subject's key, which only the key provider can unwrap. */
    record Wrapped(byte[] fingerprint, byte[] key) implements KeyRecord {}

    /** The subject's key is no more. */
    record Shredded(long micros, boolean confirmed) implements KeyRecord {}

    default byte[] encode() {
        if (this instanceof Wrapped wrapped) {
            return ByteBuffer.allocate(2 + FINGERPRINT_BYTES + wrapped.key.length)
                    .put(VERSION)
                    .put(WRAPPED)
                    .put(wrapped.fingerprint)
                    .put(wrapped.key)
                    .array();
        }
        Shredded shredded = (Shredded) this;
        return ByteBuffer.allocate(2 + Long.BYTES + 1)
                .put(VERSION)
                .put(SHREDDED)
                .putLong(shredded.micros)
                .put((byte) (shredded.confirmed ? 1 : 0))
                .array();
    }

    /** The record; null if these bytes are none. */
    static @Nullable KeyRecord decode(byte[] bytes) {
        if (bytes.length < 2 || bytes[0] != VERSION) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 2, bytes.length - 2);
        if (bytes[1] == WRAPPED && buffer.remaining() > FINGERPRINT_BYTES) {
            byte[] fingerprint = new byte[FINGERPRINT_BYTES];
            buffer.get(fingerprint);
            byte[] key = new byte[buffer.remaining()];
            buffer.get(key);
            return new Wrapped(fingerprint, key);
        }
        if (bytes[1] == SHREDDED && buffer.remaining() == Long.BYTES + 1) {
            return new Shredded(buffer.getLong(), buffer.get() == 1);
        }
        return null;
    }
}
