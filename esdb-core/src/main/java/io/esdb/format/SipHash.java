package io.esdb.format;

/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012): a short keyed hash for which nobody without the key can prepare names
 * that collide. The store's seed is the key.
 */
final class SipHash {
    private static final long SECOND_KEY = 0x65736462_696e6478L; // "esdbindx"

    private long v0;
    private long v1;
    private long v2;
    private long v3;

    private SipHash(long seed) {
        v0 = seed ^ 0x736f6d6570736575L;
        v1 = SECOND_KEY ^ 0x646f72616e646f6dL;
        v2 = seed ^ 0x6c7967656e657261L;
        v3 = SECOND_KEY ^ 0x7465646279746573L;
    }

    static long hash(long seed, byte[] bytes) {
        return new SipHash(seed).run(bytes);
    }

    private long run(byte[] bytes) {
        int whole = bytes.length & ~7;
        for (int i = 0; i < whole; i += 8) {
            block(littleEndian(bytes, i, 8));
        }
        block((long) bytes.length << 56 | littleEndian(bytes, whole, bytes.length - whole));
        v2 ^= 0xff;
        for (int i = 0; i < 4; i++) {
            round();
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private void block(long m) {
        v3 ^= m;
        round();
        round();
        v0 ^= m;
    }

    private void round() {
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32);
    }

    private static long littleEndian(byte[] bytes, int from, int length) {
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | (bytes[from + i] & 0xff);
        }
        return value;
    }
}
