package io.esdb.erasure;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * The key of a subject's payloads, as one call or the cache has it. Whoever closes it overwrites it, so each has its own copy.
 * Each part of an event is encrypted with a key of its own, derived from this one and from what the part is bound to. Its
 * nonce is derived as well, from the content: the same part sealed again gives the same bytes, which is what lets the store
 * recognise the retry of an append. A nonce could only repeat among different contents of one part of one event.
 */
final class DataKey implements AutoCloseable {
    private static final String MAC = "HmacSHA256";
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
        byte[] bytes = new byte[Aead.KEY_BYTES];
        random.nextBytes(bytes);
        return new DataKey(bytes);
    }

    boolean isWhole() {
        return bytes.length == Aead.KEY_BYTES;
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
        return Arrays.copyOf(derive(FINGERPRINT, NOTHING, NOTHING), FINGERPRINT_BYTES);
    }

    /** The sealed content after so many bytes of room. */
    byte[] seal(byte[] associated, byte[] plain, int room) {
        RawKey key = eventKey(associated);
        try {
            return Aead.encrypt(key, derive(NONCE, associated, plain), associated, plain, room);
        } finally {
            key.destroy();
        }
    }

    /** The content, or null if it is not what was sealed with this key and bound to this. */
    byte @Nullable [] open(byte[] associated, byte[] sealed, int from) {
        RawKey key = eventKey(associated);
        try {
            return Aead.decrypt(key, associated, sealed, from);
        } finally {
            key.destroy();
        }
    }

    private RawKey eventKey(byte[] associated) {
        return new RawKey(derive(EVENT_KEY, associated, NOTHING), "AES");
    }

    /** The associated data says how long it is, so it cannot be mistaken for the beginning of the content. */
    private byte[] derive(byte purpose, byte[] associated, byte[] content) {
        RawKey key = new RawKey(bytes.clone(), MAC);
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            mac.update(purpose);
            mac.update(associated);
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(MAC + " is missing", e);
        } finally {
            key.destroy();
        }
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
