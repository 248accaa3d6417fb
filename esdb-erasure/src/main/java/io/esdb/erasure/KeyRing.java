package io.esdb.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a provider has for one subject, oldest first: each its number, from 1, in 4 bytes and 32 bytes of key. A ring of
 * zeros is that of a subject whose keys were destroyed. A wrapped key is the number 4, nonce 12, ciphertext, tag 16.
 */
final class KeyRing implements AutoCloseable {
    private static final int NUMBER_BYTES = 4;
    private static final int ENTRY_BYTES = NUMBER_BYTES + Primitives.KEY_BYTES;
    private static final int MOST_KEYS = 1_000;

    private final byte[] bytes;

    /**
     * @param bytes not copied; overwritten by {@link #close}
     * @throws IllegalStateException if this is no ring
     */
    KeyRing(byte[] bytes) {
        if (bytes.length == 0 || bytes.length % ENTRY_BYTES != 0 || bytes.length / ENTRY_BYTES > MOST_KEYS) {
            throw new IllegalStateException("the keys of the subject are damaged: " + bytes.length + " bytes");
        }
        this.bytes = bytes;
    }

    static KeyRing first(SecureRandom random) {
        byte[] bytes = new byte[ENTRY_BYTES];
        fill(bytes, 0, 1, random);
        return new KeyRing(bytes);
    }

    /** The ring of a subject whose keys were destroyed. */
    static KeyRing destroyed() {
        return new KeyRing(new byte[ENTRY_BYTES]);
    }

    private static void fill(byte[] ring, int at, int number, SecureRandom random) {
        byte[] key = new byte[Primitives.KEY_BYTES];
        random.nextBytes(key);
        ByteBuffer.wrap(ring).putInt(at, number).put(at + NUMBER_BYTES, key);
        Arrays.fill(key, (byte) 0);
    }

    byte[] bytes() {
        return bytes;
    }

    boolean isDestroyed() {
        return number(0) == 0;
    }

    /** With one key more, which is the newest. */
    KeyRing rotated(SecureRandom random) {
        byte[] more = Arrays.copyOf(bytes, bytes.length + ENTRY_BYTES);
        fill(more, bytes.length, number(newest()) + 1, random);
        return new KeyRing(more);
    }

    /** With the newest key alone. */
    KeyRing retired() {
        return new KeyRing(Arrays.copyOfRange(bytes, newest(), bytes.length));
    }

    byte[] wrap(String subject, byte[] dataKey, SecureRandom random) {
        byte[] nonce = new byte[Primitives.NONCE_BYTES];
        random.nextBytes(nonce);
        int number = number(newest());
        RawKey key = key(newest());
        try (Primitives primitives = Primitives.take()) {
            byte[] wrapped = primitives.encrypt(key, nonce, associated(number, subject), dataKey, NUMBER_BYTES);
            ByteBuffer.wrap(wrapped).putInt(number);
            return wrapped;
        } finally {
            key.destroy();
        }
    }

    /** The data key; null if it was not wrapped for this subject by a key of this ring. */
    byte @Nullable [] unwrap(String subject, byte[] wrapped) {
        if (wrapped.length < NUMBER_BYTES) {
            return null;
        }
        int number = ByteBuffer.wrap(wrapped).getInt();
        for (int at = newest(); at >= 0; at -= ENTRY_BYTES) {
            if (number(at) == number) {
                return unwrap(key(at), associated(number, subject), wrapped);
            }
        }
        return null;
    }

    private static byte @Nullable [] unwrap(RawKey key, byte[] associated, byte[] wrapped) {
        try (Primitives primitives = Primitives.take()) {
            return primitives.decrypt(key, associated, wrapped, NUMBER_BYTES);
        } finally {
            key.destroy();
        }
    }

    private int newest() {
        return bytes.length - ENTRY_BYTES;
    }

    private int number(int at) {
        return ByteBuffer.wrap(bytes).getInt(at);
    }

    private RawKey key(int at) {
        return new RawKey(Arrays.copyOfRange(bytes, at + NUMBER_BYTES, at + ENTRY_BYTES), "AES");
    }

    private static byte[] associated(int number, String subject) {
        byte[] name = subject.getBytes(UTF_8);
        return ByteBuffer.allocate(NUMBER_BYTES + name.length)
                .putInt(number)
                .put(name)
                .array();
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "KeyRing";
    }
}
