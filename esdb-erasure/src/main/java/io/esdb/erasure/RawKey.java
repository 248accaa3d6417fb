package io.esdb.erasure;

import java.io.Serial;
import java.util.Arrays;
import javax.crypto.SecretKey;

/** Key bytes for the JDK's ciphers that can be overwritten, which those of {@code SecretKeySpec} cannot. */
final class RawKey implements SecretKey {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient byte[] bytes;
    private final String algorithm;

    /** @param bytes not copied; overwritten by {@link #destroy} */
    RawKey(byte[] bytes, String algorithm) {
        this.bytes = bytes;
        this.algorithm = algorithm;
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        return bytes.clone();
    }

    @Override
    public void destroy() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "RawKey";
    }
}
