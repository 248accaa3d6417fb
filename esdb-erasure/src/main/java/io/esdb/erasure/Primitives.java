package io.esdb.erasure;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's AES-256-GCM, with a nonce of 12 bytes and a tag of 16, and HMAC-SHA-256. To make them costs several times what a
 * small payload costs, so they are used again. One call has them at a time, and closes them: then they hold no key.
 */
final class Primitives implements AutoCloseable {
    static final int KEY_BYTES = 32;
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;
    static final int OVERHEAD = NONCE_BYTES + TAG_BYTES;

    private static final String HMAC = "HmacSHA256";
    private static final int MOST_IDLE = 64;
    private static final Queue<Primitives> IDLE = new ArrayBlockingQueue<>(MOST_IDLE);

    private final Cipher cipher;
    private final Mac mac;
    private long uses;

    private Primitives() {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
            mac = Mac.getInstance(HMAC);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM lacks AES-GCM or HMAC-SHA-256", e);
        }
    }

    static Primitives take() {
        Primitives idle = IDLE.poll();
        return idle == null ? new Primitives() : idle;
    }

    /** From now on derives from this key. */
    void deriveFrom(byte[] secret) {
        RawKey key = new RawKey(secret.clone(), HMAC);
        try {
            mac.init(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 refuses a key", e);
        } finally {
            key.destroy();
        }
    }

    /** HMAC-SHA-256 of these; {@code associated} has to say how long it is. */
    byte[] derive(byte purpose, byte[] associated, byte[] content) {
        mac.update(purpose);
        mac.update(associated);
        return mac.doFinal(content);
    }

    /** The nonce, the ciphertext and the tag, after so many bytes of room. */
    byte[] encrypt(RawKey key, byte[] nonce, byte[] associated, byte[] plain, int room) {
        byte[] sealed = new byte[room + OVERHEAD + plain.length];
        System.arraycopy(nonce, 0, sealed, room, NONCE_BYTES);
        try {
            init(Cipher.ENCRYPT_MODE, key, sealed, room);
            cipher.updateAAD(associated);
            int unused = cipher.doFinal(plain, 0, plain.length, sealed, room + NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM could not encrypt", e);
        }
    }

    /** What was encrypted; null if it is not what was encrypted with this key and this associated data. */
    byte @Nullable [] decrypt(RawKey key, byte[] associated, byte[] sealed, int from) {
        if (sealed.length - from < OVERHEAD) {
            return null;
        }
        try {
            init(Cipher.DECRYPT_MODE, key, sealed, from);
            cipher.updateAAD(associated);
            return cipher.doFinal(sealed, from + NONCE_BYTES, sealed.length - from - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM could not decrypt", e);
        }
    }

    private void init(int mode, RawKey key, byte[] nonce, int from) throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce, from, NONCE_BYTES));
    }

    /**
     * Replaces the keys by zeros. A cipher refuses to encrypt twice with one key and nonce, which is what happens when an event
     * is sealed again; so it is brought to encrypt something else, each time with another nonce.
     */
    @Override
    public void close() {
        deriveFrom(new byte[KEY_BYTES]);
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putLong(uses++).array();
        try {
            init(Cipher.ENCRYPT_MODE, new RawKey(new byte[KEY_BYTES], "AES"), nonce, 0);
        } catch (GeneralSecurityException e) {
            return; // it is not used again
        }
        boolean unused = IDLE.offer(this);
    }
}
