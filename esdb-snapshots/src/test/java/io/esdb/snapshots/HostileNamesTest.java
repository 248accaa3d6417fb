package io.esdb.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.esdb.Direction;
import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class HostileNamesTest {
    private static final Map<String, Function<String, ?>> NAMES = Map.of(
            "source", name -> new SnapshotKey(name, "s", 0),
            "stream", name -> new SnapshotKey("s", name, 0),
            "type", name -> new SnapshotContent(name, 1, "c", new byte[0]),
            "contentType", name -> new SnapshotContent("t", 1, name, new byte[0]));
    private static final Map<String, Integer> BYTES =
            Map.of("source", 1_024, "stream", 4_096, "type", 4_096, "contentType", 1_024);

    private static InvalidInput refusal(Function<String, ?> made, String name) {
        InvalidInput refusal = catchThrowableOfType(InvalidInput.class, () -> made.apply(name));
        assertThat(refusal).as("the refusal of '%s'", name).isNotNull();
        return refusal;
    }

    @Test
    void namesThatAreNoneAreRefused() {
        NAMES.forEach((field, made) -> {
            for (String name : List.of("", "\0", "a\0b", "a\n", "\u007f", "\u0085", "\ud83d", "a\ude00\ud83d")) {
                assertThat(refusal(made, name).field()).isEqualTo(field);
            }
            assertThat(refusal(made, null).field()).isEqualTo(field);
        });
    }

    @Test
    void namesAreBoundInBytes() {
        NAMES.forEach((field, made) -> {
            int most = BYTES.get(field);
            assertThat(made.apply("n".repeat(most))).isNotNull();
            for (String name : List.of("n".repeat(most + 1), "\u20ac".repeat(most / 3 + 1), "n".repeat(1 << 20))) {
                LimitExceeded exceeded = (LimitExceeded) refusal(made, name);
                assertThat(exceeded.field()).isEqualTo(field + "Bytes");
                assertThat(exceeded.limit()).isEqualTo(most);
            }
        });
    }

    @Test
    void numbersOutOfTheirBoundsAreRefused() {
        assertThat(refusal(name -> new SnapshotKey("a", "b", -1), "").field()).isEqualTo("version");
        assertThat(refusal(name -> new SnapshotContent("a", 0, "b", new byte[0]), "")
                        .field())
                .isEqualTo("schemaVersion");
        assertThat(refusal(name -> SnapshotRead.all().limit(0), "").field()).isEqualTo("limit");
        assertThat(refusal(name -> SnapshotRead.all().limit(10_001), "").field())
                .isEqualTo("limit");
        SnapshotOptions options = SnapshotOptions.defaults();
        assertThat(refusal(name -> options.withSnapshotBytes(64 << 20), "").field())
                .isEqualTo("snapshotBytes");
    }

    @Test
    void aReadThatContradictsItselfIsRefused() {
        SnapshotKey key = new SnapshotKey("a", "b", 1);
        assertThat(refusal(name -> SnapshotRead.of("a", "c").from(key), "").field())
                .isEqualTo("from");
        assertThat(refusal(name -> SnapshotRead.of("c").from(key), "").field()).isEqualTo("from");
        assertThat(refusal(name -> new SnapshotRead(null, "b", null, Direction.FORWARD, 1), "")
                        .field())
                .isEqualTo("source");
        assertThat(refusal(name -> SnapshotRead.of("a\0"), "").field()).isEqualTo("source");
        assertThat(refusal(name -> SnapshotRead.of("a", ""), "").field()).isEqualTo("stream");
    }
}
