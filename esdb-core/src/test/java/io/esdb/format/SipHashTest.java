package io.esdb.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The hash is SipHash-2-4 under a key of the store's seed and a constant. */
class SipHashTest {
    private static final long SECOND_KEY = 0x65736462_696e6478L;

    @Test
    void the_reference_below_gives_the_published_values() {
        long key0 = 0x0706050403020100L;
        long key1 = 0x0f0e0d0c0b0a0908L;

        assertThat(reference(key0, key1, counting(0))).isEqualTo(0x726fdb47dd0e0e31L);
        assertThat(reference(key0, key1, counting(1))).isEqualTo(0x74f839c593dc67fdL);
        assertThat(reference(key0, key1, counting(8))).isEqualTo(0x93f5f5799a932462L);
        assertThat(reference(key0, key1, counting(15))).isEqualTo(0xa129ca6149be45e5L);
    }

    @Test
    void the_hash_is_that_of_the_reference_for_all_lengths() {
        Random random = new Random(1);
        for (int length = 0; length < 600; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            long seed = random.nextLong();
            assertThat(SipHash.hash(seed, bytes)).isEqualTo(reference(seed, SECOND_KEY, bytes));
        }
    }

    @Test
    void another_seed_gives_other_hashes() {
        Set<Long> hashes = new HashSet<>();
        for (long seed = 0; seed < 1_000; seed++) {
            hashes.add(SipHash.hash(seed, Samples.bytes("order")));
        }
        assertThat(hashes).hasSize(1_000);
    }

    @Test
    void texts_that_share_a_beginning_or_end_in_zeros_differ() {
        Set<Long> hashes = new HashSet<>();
        for (int length = 0; length < 300; length++) {
            hashes.add(SipHash.hash(1, new byte[length]));
            hashes.add(SipHash.hash(1, counting(length + 1)));
        }
        assertThat(hashes).hasSize(599); // the zeros of length 1 are also the count to 1
    }

    private static byte[] counting(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    /** As the paper describes it, word by word over a padded copy. */
    private static long reference(long key0, long key1, byte[] message) {
        byte[] padded = Arrays.copyOf(message, (message.length / 8 + 1) * 8);
        padded[padded.length - 1] = (byte) message.length;
        long[] v = {
            key0 ^ 0x736f6d6570736575L,
            key1 ^ 0x646f72616e646f6dL,
            key0 ^ 0x6c7967656e657261L,
            key1 ^ 0x7465646279746573L
        };
        for (int word = 0; word < padded.length; word += 8) {
            long m = 0;
            for (int i = 0; i < 8; i++) {
                m |= (padded[word + i] & 0xffL) << (8 * i);
            }
            v[3] ^= m;
            rounds(2, v);
            v[0] ^= m;
        }
        v[2] ^= 0xff;
        rounds(4, v);
        return v[0] ^ v[1] ^ v[2] ^ v[3];
    }

    private static void rounds(int count, long[] v) {
        for (int i = 0; i < count; i++) {
            half(v, 0, 1, 13, 2, 3, 16);
            half(v, 2, 1, 17, 0, 3, 21);
        }
    }

    /** Two additions, each turned into the other word, and the first sum turned by half a word. */
    private static void half(long[] v, int a, int b, int turnB, int c, int d, int turnD) {
        v[a] += v[b];
        v[c] += v[d];
        v[b] = Long.rotateLeft(v[b], turnB) ^ v[a];
        v[d] = Long.rotateLeft(v[d], turnD) ^ v[c];
        v[a] = Long.rotateLeft(v[a], 32);
    }
}
