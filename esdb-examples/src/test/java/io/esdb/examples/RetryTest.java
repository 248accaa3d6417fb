package io.esdb.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.ExpectedRevision;
import io.esdb.IndeterminateAppend;
import io.esdb.StoreUnavailable;
import io.esdb.StreamNotFound;
import io.esdb.WrongExpectedRevision;
import java.time.Duration;
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

    @Test
    void repeatsUntilThereIsAnAnswer() {
        Retry retry = Retry.within(Duration.ofMinutes(1));
        String result = retry.untilAnswered(() -> switch (attempts.incrementAndGet()) {
            case 1 -> throw new StoreUnavailable("store", "no leader is known", null);
            case 2 -> throw new IndeterminateAppend("store", "the answer was lost", null);
            default -> "done";
        });
        assertThat(result).isEqualTo("done");
        assertThat(retry.repeated()).isEqualTo(2);
    }

    @Test
    void repeatsNoFurtherWhenItsTimeIsOver() {
        assertThatThrownBy(() -> Retry.within(Duration.ZERO).untilAnswered(() -> {
                    attempts.incrementAndGet();
                    throw new StoreUnavailable("store", "no leader is known", null);
                }))
                .isInstanceOf(StoreUnavailable.class);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void anAnswerIsNotRepeatedWhateverItSays() {
        assertThatThrownBy(() -> Retry.within(Duration.ofMinutes(1)).untilAnswered(() -> {
                    attempts.incrementAndGet();
                    throw conflict();
                }))
                .isInstanceOf(WrongExpectedRevision.class);
        assertThat(attempts).hasValue(1);
    }

    private static WrongExpectedRevision conflict() {
        return new WrongExpectedRevision("s", ExpectedRevision.noStream(), 0);
    }
}
