package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.IndeterminateAppend;
import io.esdb.LeadershipListener;
import io.esdb.Registration;
import io.esdb.StoreClosed;
import io.esdb.StoreFailed;
import io.esdb.StoreOverloaded;
import io.esdb.StoreStatus;
import io.esdb.StoreUnavailable;
import io.esdb.format.ReplyCodec;
import io.esdb.machine.RaiseVersion;
import io.esdb.machine.Reply;
import io.esdb.spi.CommandLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WritesTest {
    private static final RaiseVersion COMMAND = new RaiseVersion(1);
    private static final byte[] DONE = ReplyCodec.encode(new Reply.Done(true));
    private static final Executor DIRECT = Runnable::run;

    private final CompletableFuture<byte[]> answer = new CompletableFuture<>();
    private final CompletableFuture<Void> barrier = new CompletableFuture<>();
    private Supplier<CompletionStage<byte[]>> submitted = () -> answer;

    @AfterEach
    void forgetInterrupt() {
        Thread.interrupted();
    }

    @Test
    void the_reply_of_the_log_is_returned() {
        answer.complete(DONE);

        assertThat(writes(Duration.ofSeconds(20), DIRECT).call(COMMAND)).isEqualTo(new Reply.Done(true));
    }

    @Test
    void no_answer_in_time_is_indeterminate() {
        assertThatThrownBy(() -> writes(Duration.ofMillis(5), DIRECT).call(COMMAND))
                .isInstanceOf(IndeterminateAppend.class)
                .hasMessageContaining("no answer within");
    }

    @Test
    void an_interrupt_while_waiting_is_indeterminate_and_stays_set() {
        Writes writes = writes(Duration.ofSeconds(20), DIRECT);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> writes.call(COMMAND)).isInstanceOf(IndeterminateAppend.class);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void an_interrupt_before_there_is_room_wrote_nothing() {
        Writes writes = writes(Duration.ofSeconds(20), DIRECT);
        writes.callAsync(COMMAND, reply -> reply);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> writes.call(COMMAND))
                .isInstanceOf(StoreFailed.class)
                .hasMessageContaining("before anything was written");
    }

    @Test
    void room_is_given_back_with_the_answer_whatever_it_is() {
        Writes writes = writes(Duration.ofSeconds(20), DIRECT);
        CompletionStage<Reply> first = writes.callAsync(COMMAND, reply -> reply);
        assertThat(writes.callAsync(COMMAND, reply -> reply).toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(StoreOverloaded.class);

        answer.completeExceptionally(new StoreClosed("s"));

        assertThat(first.toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(StoreClosed.class);
        assertThatThrownBy(() -> writes.call(COMMAND)).isInstanceOf(StoreClosed.class);
    }

    @Test
    void a_refusal_ends_the_stage() {
        CompletionStage<Reply> stage = writes(Duration.ofSeconds(20), DIRECT).callAsync(COMMAND, reply -> {
            throw new StoreUnavailable("s", "no", null);
        });
        answer.complete(DONE);

        assertThat(stage.toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(StoreUnavailable.class);
    }

    @Test
    void room_is_kept_until_the_executor_for_callbacks_comes_to_the_answer() {
        Queue<Runnable> handed = new ArrayDeque<>();
        Writes writes = writes(Duration.ofSeconds(20), handed::add);
        CompletionStage<Reply> first = writes.callAsync(COMMAND, reply -> reply);
        answer.complete(DONE);

        assertThat(writes.callAsync(COMMAND, reply -> reply).toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(StoreOverloaded.class);
        handed.remove().run();

        assertThat(first.toCompletableFuture()).isCompletedWithValue(new Reply.Done(true));
        assertThat(writes.call(COMMAND)).isEqualTo(new Reply.Done(true));
    }

    @Test
    void a_log_that_throws_takes_no_room() {
        submitted = () -> {
            throw new StoreUnavailable("s", "on purpose", null);
        };
        Writes writes = writes(Duration.ofSeconds(20), DIRECT);

        assertThatThrownBy(() -> writes.call(COMMAND)).isInstanceOf(StoreUnavailable.class);
        assertThat(writes.callAsync(COMMAND, reply -> reply).toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> writes.call(COMMAND)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void a_barrier_without_an_answer_makes_a_read_unavailable() {
        assertThatThrownBy(() -> writes(Duration.ofMillis(5), DIRECT).barrier()).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void an_interrupt_at_a_barrier_ends_the_read_and_stays_set() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> writes(Duration.ofSeconds(20), DIRECT).barrier())
                .isInstanceOf(StoreFailed.class);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void a_failed_barrier_fails_the_read() {
        barrier.completeExceptionally(new StoreClosed("s"));

        assertThatThrownBy(() -> writes(Duration.ofSeconds(20), DIRECT).barrier())
                .isInstanceOf(StoreClosed.class);
    }

    /** With room for one command at a time. */
    private Writes writes(Duration timeout, Executor callbacks) {
        return new Writes(
                "s", new OneAnswer(), new Admission("s", 1), timeout, new Deadlines("s", timeout, DIRECT), callbacks);
    }

    private final class OneAnswer implements CommandLog {
        @Override
        public CompletionStage<byte[]> submit(byte[] command) {
            return submitted.get();
        }

        @Override
        public CompletionStage<byte[]> ask(byte[] question) {
            return answer;
        }

        @Override
        public CompletionStage<Void> barrier() {
            return barrier;
        }

        @Override
        public StoreStatus status() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Registration leadership(LeadershipListener listener) {
            return () -> {};
        }

        @Override
        public void close() {}
    }
}
