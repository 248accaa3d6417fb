package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.esdb.StoreClosed;
import io.esdb.spi.LogEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LocalCommandLogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void entries_are_numbered_in_the_order_of_submission() throws Exception {
        FakeConsumer consumer = FakeConsumer.free();
        try (LocalCommandLog log = open(consumer)) {
            List<CompletableFuture<byte[]>> replies = submit(log, 500);

            for (int i = 0; i < 500; i++) {
                assertThat(replies.get(i).get()).containsExactly(i, i >> 8);
            }
        }
        List<LogEntry> all = consumer.batches.stream().flatMap(List::stream).toList();
        assertThat(all).hasSize(500);
        for (int i = 0; i < 500; i++) {
            assertThat(all.get(i).at().index()).isEqualTo(i);
            assertThat(all.get(i).at().term()).isEqualTo(1);
            assertThat(all.get(i).commands().get(0)).containsExactly(i, i >> 8);
        }
    }

    @Test
    void what_waits_while_a_batch_is_applied_becomes_one_batch() throws Exception {
        FakeConsumer consumer = FakeConsumer.held();
        try (LocalCommandLog log = open(consumer)) {
            CompletableFuture<byte[]> first = log.submit(new byte[] {1}).toCompletableFuture();
            consumer.entered.await();
            List<CompletableFuture<byte[]>> others = submit(log, 40);
            assertThat(first).isNotDone();
            consumer.release();
            CompletableFuture.allOf(others.toArray(CompletableFuture[]::new)).get();
        }
        assertThat(consumer.batches).extracting(List::size).containsExactly(1, 40);
    }

    @Test
    void closing_applies_and_answers_what_was_accepted() throws Exception {
        FakeConsumer consumer = FakeConsumer.held();
        LocalCommandLog log = open(consumer);
        List<CompletableFuture<byte[]>> replies = submit(log, 30);
        consumer.release();
        log.close();

        assertThat(replies).allMatch(CompletableFuture::isDone);
        for (CompletableFuture<byte[]> reply : replies) {
            assertThat(reply.get()).hasSize(2);
        }
    }

    @Test
    void a_command_after_closing_is_refused() {
        LocalCommandLog log = open(FakeConsumer.free());
        log.close();
        log.close();

        assertThatThrownBy(() -> log.submit(new byte[1]).toCompletableFuture().get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(StoreClosed.class);
    }

    @Test
    void a_failing_batch_fails_as_a_whole_and_the_log_goes_on() throws Exception {
        FakeConsumer consumer = FakeConsumer.held();
        try (LocalCommandLog log = open(consumer)) {
            CompletableFuture<byte[]> first = log.submit(new byte[] {1}).toCompletableFuture();
            consumer.entered.await();
            List<CompletableFuture<byte[]>> batch = submit(log, 20);
            consumer.fail(new IllegalStateException("no"));
            consumer.release();

            assertThatThrownBy(first::get).hasCauseInstanceOf(IllegalStateException.class);
            for (CompletableFuture<byte[]> reply : batch) {
                assertThat(reply.get()).hasSize(2);
            }
            assertThat(consumer.batches.get(0).get(0).at().index()).isZero();
        }
    }

    @Test
    void an_error_in_a_batch_of_many_reaches_each_of_them_and_the_log_goes_on() throws Exception {
        FakeConsumer consumer = FakeConsumer.held();
        try (LocalCommandLog log = open(consumer)) {
            CompletableFuture<byte[]> first = log.submit(new byte[] {1}).toCompletableFuture();
            consumer.entered.await();
            List<CompletableFuture<byte[]>> batch = submit(log, 20);
            CompletableFuture<byte[]> then =
                    first.whenComplete((reply, failure) -> consumer.fail(new AssertionError("no")));
            consumer.release();

            assertThat(then.get()).containsExactly(1);
            for (CompletableFuture<byte[]> reply : batch) {
                assertThatThrownBy(reply::get).hasCauseInstanceOf(AssertionError.class);
            }
            assertThat(log.submit(new byte[] {7}).toCompletableFuture().get()).containsExactly(7);
        }
    }

    @Test
    void no_thread_is_left_after_closing() throws Exception {
        LocalCommandLog log = open(FakeConsumer.free());
        CompletableFuture.allOf(submit(log, 100).toArray(CompletableFuture[]::new))
                .get();
        log.close();

        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.endsWith("-local-log-test")));
    }

    @Test
    void it_can_be_closed_on_its_own_thread() throws Exception {
        FakeConsumer consumer = FakeConsumer.held();
        LocalCommandLog log = open(consumer);
        CompletableFuture<String> closed = log.submit(new byte[1])
                .thenApply(reply -> {
                    log.close();
                    return Thread.currentThread().getName();
                })
                .toCompletableFuture();
        consumer.release();

        assertThat(closed.get(10, TimeUnit.SECONDS)).isEqualTo("esdb-writer-local-log-test");
    }

    @Test
    void it_leads_always_and_waits_for_nobody() throws Exception {
        try (LocalCommandLog log = open(FakeConsumer.free())) {
            AtomicReference<String> told = new AtomicReference<>();
            log.leadership((leader, term) -> told.set(leader + " " + term)).close();

            assertThat(told).hasValue("true 1");
            assertThat(log.barrier().toCompletableFuture()).isCompleted();
            assertThat(log.ask(new byte[] {5}).toCompletableFuture().get()).containsExactly(5);
        }
    }

    private static LocalCommandLog open(FakeConsumer consumer) {
        return new LocalCommandLog("local-log-test", consumer, PATIENCE);
    }

    private static List<CompletableFuture<byte[]>> submit(LocalCommandLog log, int count) {
        List<CompletableFuture<byte[]>> replies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            replies.add(log.submit(new byte[] {(byte) i, (byte) (i >> 8)}).toCompletableFuture());
        }
        return replies;
    }
}
