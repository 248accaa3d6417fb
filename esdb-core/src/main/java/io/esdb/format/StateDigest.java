package io.esdb.format;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A SHA-256 chain over everything ever applied: after each command that changed something, the digest is the hash of
 * the digest before and the bytes of the changes. It does not depend on how commands were cut into batches.
 */
public final class StateDigest {
    /** The length of a digest. */
    public static final int BYTES = 32;

    private final MessageDigest sha = sha256();
    private final ByteBuffer head = ByteBuffer.allocate(1 + 2 * Integer.BYTES);
    private byte[] current;
    private boolean open;

    /** @param current the digest to go on from */
    public StateDigest(byte[] current) {
        this.current = current.clone();
    }

    void add(int tag, byte[] key, byte[] value) {
        if (!open) {
            open = true;
            sha.update(current);
        }
        head.clear().put((byte) tag).putInt(key.length).putInt(value.length);
        sha.update(head.array());
        sha.update(key);
        sha.update(value);
    }

    /** Closes the link of one command. */
    public void endCommand() {
        if (open) {
            current = sha.digest();
            open = false;
        }
    }

    /** The digest now. */
    public byte[] current() {
        return current.clone();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
