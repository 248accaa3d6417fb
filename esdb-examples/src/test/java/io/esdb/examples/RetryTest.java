package io.esdb.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.ExpectedRevision;
import io.esdb.StreamNotFound;
import io.esdb.WrongExpectedRevision;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryTest {
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void triesUntilThereIsNoConflict() {
        String result = Retry.on(WrongExpectedRevision.class, () -> {
            if (attempts.incrementAndGet() < 3) {
                throw conflict();
            }
            return "done";
        });
        assertThat(result).isEqualTo("done");
        assertThat(attempts).hasValue(3);
    }

    @Test
    void passesOtherFailuresOnAtOnce() {
        assertThatThrownBy(() -> Retry.on(WrongExpectedRevision.class, () -> {
                    attempts.incrementAndGet();
                    throw new StreamNotFound("s");
                }))
                .isInstanceOf(StreamNotFound.class);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void givesUpInTheEnd() {
        assertThatThrownBy(() -> Retry.on(WrongExpectedRevision.class, () -> {
                    attempts.incrementAndGet();
                    throw conflict();
                }))
                .isInstanceOf(WrongExpectedRevision.class);
        assertThat(attempts).hasValue(1_000);
    }

    private static WrongExpectedRevision conflict() {
        return new WrongExpectedRevision("s", ExpectedRevision.noStream(), 0);
    }
}
