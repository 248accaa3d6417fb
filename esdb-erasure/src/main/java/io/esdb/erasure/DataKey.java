package io.esdb.erasure;

import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The key of a subject's payloads, as one call or the cache has it. Whoever closes it overwrites it, so each has its own copy.
 * Each part of an event is encrypted with a key of its own, derived from this one and from what the part is bound to. Its
 * nonce is derived as well, from the content: the same part sealed again gives the same bytes, which is what lets the store
 * recognise the retry of an append. A nonce could only repeat among different contents of one part of one event.
 */
final class DataKey implements AutoCloseable {
    private static final byte EVENT_KEY = 1;
    private static final byte NONCE = 2;
    private static final byte FINGERPRINT = 3;
    private static final int FINGERPRINT_BYTES = 16;
    private static final byte[] NOTHING = {};

    private final byte[] bytes;

    /** @param bytes not copied; overwritten by {@link #close} */
    DataKey(byte[] bytes) {
        this.bytes = bytes;
    }

    static DataKey random(SecureRandom random) {
        byte[] bytes = new byte[Primitives.KEY_BYTES];
        random.nextBytes(bytes);
        return new DataKey(bytes);
    }

    boolean isWhole() {
        return bytes.length == Primitives.KEY_BYTES;
    }

    DataKey copy() {
        return new DataKey(bytes.clone());
    }

    /** The key itself, copied; the caller overwrites it. */
    byte[] encoded() {
        return bytes.clone();
    }

    /** Tells this key from others without telling anything of it. */
    byte[] fingerprint() {
        try (Primitives primitives = Primitives.take()) {
            primitives.deriveFrom(bytes);
            return Arrays.copyOf(primitives.derive(FINGERPRINT, NOTHING, NOTHING), FINGERPRINT_BYTES);
        }
    }

    /** The sealed content after so many bytes of room. */
    byte[] seal(byte[] associated, byte[] plain, int room) {
        try (Primitives primitives = Primitives.take()) {
            RawKey key = eventKey(primitives, associated);
            byte[] nonce = primitives.derive(NONCE, associated, plain);
            byte[] sealed = primitives.encrypt(key, nonce, associated, plain, room);
            key.destroy();
            return sealed;
        }
    }

    /** The content, or null if it is not what was sealed with this key and bound to this. */
    byte @Nullable [] open(byte[] associated, byte[] sealed, int from) {
        try (Primitives primitives = Primitives.take()) {
            RawKey key = eventKey(primitives, associated);
            byte[] plain = primitives.decrypt(key, associated, sealed, from);
            key.destroy();
            return plain;
        }
    }

    private RawKey eventKey(Primitives primitives, byte[] associated) {
        primitives.deriveFrom(bytes);
        return new RawKey(primitives.derive(EVENT_KEY, associated, NOTHING), "AES");
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "DataKey";
    }
}
