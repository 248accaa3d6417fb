package io.esdb.raft;

import java.util.Arrays;
import java.util.Random;

/** Bytes as a broken or hostile node might send them. */
final class Mutations {
    private Mutations() {}

    static byte[] of(byte[] good, Random random) {
        byte[] bytes = random.nextInt(4) == 0 ? Arrays.copyOf(good, random.nextInt(good.length + 8)) : good.clone();
        int changes = random.nextInt(4);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt() : 0x7f);
        }
        return bytes;
    }
}
