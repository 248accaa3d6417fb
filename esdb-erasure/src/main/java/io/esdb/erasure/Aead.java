package io.esdb.erasure;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/** AES-256-GCM with a nonce of 12 bytes and a tag of 16. */
final class Aead {
    static final int KEY_BYTES = 32;
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;
    static final int OVERHEAD = NONCE_BYTES + TAG_BYTES;

    private Aead() {}

    /** The nonce, the ciphertext and the tag, after so many bytes of room. */
    static byte[] encrypt(RawKey key, byte[] nonce, byte[] associated, byte[] plain, int room) {
        byte[] sealed = new byte[room + OVERHEAD + plain.length];
        System.arraycopy(nonce, 0, sealed, room, NONCE_BYTES);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, sealed, room, associated);
            int unused = cipher.doFinal(plain, 0, plain.length, sealed, room + NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM could not encrypt", e);
        }
    }

    /** What was encrypted; null if it is not what was encrypted with this key and this associated data. */
    static byte @Nullable [] decrypt(RawKey key, byte[] associated, byte[] sealed, int from) {
        if (sealed.length - from < OVERHEAD) {
            return null;
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, sealed, from, associated);
            return cipher.doFinal(sealed, from + NONCE_BYTES, sealed.length - from - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM could not decrypt", e);
        }
    }

    private static Cipher cipher(int mode, RawKey key, byte[] nonce, int from, byte[] associated)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce, from, NONCE_BYTES));
        cipher.updateAAD(associated);
        return cipher;
    }
}
