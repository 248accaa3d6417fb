package io.esdb.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void textThatKeepsComingIsTheSameString() {
        String name = "order-" + System.nanoTime();
        decode(name);
        decode(name);

        assertThat(decode(name)).isEqualTo(name).isSameAs(decode(name));
    }

    @Test
    void longTextIsNotRemembered() {
        String longest = "x".repeat(Texts.MOST_BYTES);
        String longer = longest + "x";
        for (int i = 0; i < 3; i++) {
            decode(longest);
            decode(longer);
        }

        assertThat(decode(longest)).isSameAs(decode(longest));
        assertThat(decode(longer)).isEqualTo(longer).isNotSameAs(decode(longer));
    }

    /** Far more texts than are remembered, so most of them meet others in their slots. */
    @Test
    void everyTextIsItselfHoweverManyThereAre() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<byte[]> texts = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            byte[] text = new byte[random.nextInt(Texts.MOST_BYTES + 4)];
            random.nextBytes(text); // mostly no valid UTF-8, which is decoded like any other
            texts.add(random.nextBoolean() ? text : ("stream-" + i).getBytes(StandardCharsets.UTF_8));
        }

        for (int round = 0; round < 3; round++) {
            for (byte[] text : texts) {
                assertThat(Texts.of(text, 0, text.length))
                        .as("seed %d", seed)
                        .isEqualTo(new String(text, StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void textsThatDifferInOneByteAreNeverTakenForEachOther() {
        for (int length = 1; length <= Texts.MOST_BYTES; length++) {
            byte[] text = "a".repeat(length).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 3; i++) {
                Texts.of(text, 0, length);
            }
            for (int at = 0; at < length; at++) {
                byte[] other = text.clone();
                other[at] = 'b';
                assertThat(Texts.of(other, 0, length)).isEqualTo(new String(other, StandardCharsets.UTF_8));
            }
            assertThat(Texts.of(text, 0, length)).isEqualTo("a".repeat(length));
        }
    }

    @Test
    void onlyTheNamedBytesCount() {
        byte[] padded = "<<café>>".getBytes(StandardCharsets.UTF_8);

        for (int i = 0; i < 3; i++) {
            assertThat(Texts.of(padded, 2, padded.length - 4)).isEqualTo("café");
            assertThat(Texts.of(padded, 2, 3)).isEqualTo("caf");
            assertThat(Texts.of(padded, 0, 0)).isEmpty();
        }
        assertThat(Texts.of(padded, 2, padded.length - 4)).isSameAs(decode("café"));
    }

    private static String decode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Texts.of(bytes, 0, bytes.length);
    }
}
