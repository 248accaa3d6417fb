package io.esdb.projections;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.esdb.spi.Branch;
import io.esdb.spi.DocumentKey;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where documents of projections stand: a letter for the kind, the name, a byte 0 that no name holds, then for all but
 * controls the version in four bytes, then for states the key.
 */
final class Keys {
    private static final byte CONTROL = 'c';
    private static final byte PLACE = 'p';
    private static final byte STATE = 's';

    private Keys() {}

    static DocumentKey control(String name) {
        return new DocumentKey(Branch.PROJECTIONS, prefix(CONTROL, name, new byte[0]));
    }

    static DocumentKey place(String name, int version) {
        return new DocumentKey(Branch.PROJECTIONS, prefix(PLACE, name, bytes(version)));
    }

    static DocumentKey state(String name, int version, byte[] key) {
        return state(states(name, version), key);
    }

    /** @param head what {@link #states} gives for its projection */
    static DocumentKey state(byte[] head, byte[] key) {
        return new DocumentKey(Branch.PROJECTIONS, joined(head, key));
    }

    /** How the keys of all states of a version begin. */
    static byte[] states(String name, int version) {
        return prefix(STATE, name, bytes(version));
    }

    /** How the keys of states begin whose own keys begin so. */
    static byte[] states(String name, int version, byte[] start) {
        return joined(states(name, version), start);
    }

    private static byte[] joined(byte[] head, byte[] rest) {
        byte[] key = Arrays.copyOf(head, head.length + rest.length);
        System.arraycopy(rest, 0, key, head.length, rest.length);
        return key;
    }

    /** The key of a state out of that of its document. */
    static String keyOfState(String name, DocumentKey key) {
        int head = states(name, 0).length;
        return new String(key.key(), head, key.key().length - head, UTF_8);
    }

    /** How the keys of all controls begin. */
    static byte[] controls() {
        return new byte[] {CONTROL};
    }

    /** The name out of the key of a control. */
    static String nameOfControl(DocumentKey key) {
        return new String(key.key(), 1, key.key().length - 2, UTF_8);
    }

    private static byte[] prefix(byte kind, String name, byte[] rest) {
        byte[] text = name.getBytes(UTF_8);
        return ByteBuffer.allocate(2 + text.length + rest.length)
                .put(kind)
                .put(text)
                .put((byte) 0)
                .put(rest)
                .array();
    }

    private static byte[] bytes(int version) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(version).array();
    }
}
