package io.esdb.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.esdb.InvalidInput;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonCodecTest {
    private static final JsonCodec<Account> CODEC = JsonCodec.of(Account.class);

    record Account(String owner, List<Long> cents, Instant opened) {}

    interface Shape {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    interface ByClass {}

    record Unreadable(ByClass value) {}

    @Test
    void anObjectComesBackAsItWas() {
        Account account = new Account("Ann \ud83d\ude00", List.of(1L, Long.MAX_VALUE), Instant.EPOCH);

        assertThat(CODEC.read(CODEC.write(account))).isEqualTo(account);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        for (String json : List.of("", "null", "{", "[]", "{\"cents\":[\"1\"]}", "{} {}")) {
            JsonFailed failed = catchThrowableOfType(JsonFailed.class, () -> CODEC.read(json.getBytes(UTF_8)));
            assertThat(failed).as(json).isNotNull();
            assertThat(failed.kind()).isEqualTo(Account.class);
        }
    }

    @Test
    void limitsHoldForReadingAndForWriting() {
        JsonCodec<Account> small = CODEC.withLimits(JsonLimits.defaults().withDocument(100, 100));
        Account large = new Account("x".repeat(100), List.of(), Instant.EPOCH);

        assertThatThrownBy(() -> small.write(large)).isInstanceOf(JsonFailed.class);
        assertThatThrownBy(() -> small.read(CODEC.write(large))).isInstanceOf(JsonFailed.class);
    }

    @Test
    void modulesTeachWhatJacksonDoesNotKnow() {
        SimpleModule module = new SimpleModule().addAbstractTypeMapping(Shape.class, Known.class);
        JsonCodec<Shape> codec = JsonCodec.of(Shape.class);
        byte[] json = {'{', '}'};

        assertThatThrownBy(() -> codec.read(json)).isInstanceOf(JsonFailed.class);
        assertThat(codec.withModules(module).read(json)).isEqualTo(new Known());
    }

    @Test
    void aClassThatDataWouldNameAndNullAreRefused() {
        assertThatThrownBy(() -> JsonCodec.of(Unreadable.class)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> CODEC.read(null)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> CODEC.write(null)).isInstanceOf(InvalidInput.class);
    }

    record Known() implements Shape {}
}
