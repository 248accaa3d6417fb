package io.esdb.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PatternPropertyTest {
    private static final int SEEDS = 20_000;

    @Test
    void theMatcherAgreesWithItsDescription() {
        int fitting = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomJson random = new RandomJson(seed);
            Object data = seed % 5 == 0 ? random.data(3) : random.object(3);
            Object pattern = random.pattern(data, 3);
            boolean expected = NaiveMatcher.matches(pattern, data);
            JsonPattern parsed = JsonPattern.parse(RandomJson.write(pattern));
            byte[] json = RandomJson.write(data).getBytes(UTF_8);
            assertThat(parsed.explain(json))
                    .as("seed %s: %s on %s", seed, RandomJson.write(pattern), RandomJson.write(data))
                    .isEqualTo(expected ? JsonMatch.MATCH : JsonMatch.DIFFERENT);
            fitting += expected ? 1 : 0;
        }
        assertThat(fitting).isBetween(SEEDS / 5, SEEDS * 4 / 5);
    }

    @Test
    void aPatternSentAsTextIsTheSamePattern() {
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomJson random = new RandomJson(seed);
            Object data = random.object(3);
            JsonPattern pattern = JsonPattern.parse(RandomJson.write(random.pattern(data, 3)));
            JsonPattern sent = JsonPattern.parse(pattern.toJson().getBytes(UTF_8));
            assertThat(sent).as("seed %s", seed).isEqualTo(pattern);
            assertThat(sent.toJson()).isEqualTo(pattern.toJson());
            byte[] json = RandomJson.write(data).getBytes(UTF_8);
            assertThat(sent.explain(json)).isEqualTo(pattern.explain(json));
        }
    }

    @Test
    void anObjectFitsThePatternThatItIsItself() {
        for (int seed = 0; seed < SEEDS; seed++) {
            String data = RandomJson.write(new RandomJson(seed).data(3));
            assertThat(JsonPattern.parse("{\"$eq\":" + data + "}").matches(data.getBytes(UTF_8)))
                    .as("seed %s: %s", seed, data)
                    .isTrue();
        }
    }
}
