package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EsdbException;
import io.esdb.NodeRole;
import io.esdb.QuestionFailed;
import io.esdb.Registration;
import io.esdb.StoreClosed;
import io.esdb.StoreStatus;
import io.esdb.spi.CommandLog;
import io.esdb.spi.LogConsumer;
import io.esdb.spi.StorageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests every promise of {@link CommandLog}. The test of an implementation is a subclass that says how to start a log;
 * each test has a fresh one, and whatever it waits for has to come within half a minute.
 *
 * <p>Failing peers and disks are beyond it: only an implementation knows how to play them.
 */
public abstract class CommandLogContract {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final long PATIENCE_SECONDS = 30;

    private final EchoConsumer consumer = new EchoConsumer();
    private CommandLog log;

    /** For subclasses. */
    protected CommandLogContract() {}

    /**
     * Starts the log of a new store, with all that it needs; it takes commands when this returns.
     *
     * @param folder an empty one, for the log's files
     * @param consumer what the log feeds
     * @param timeout how long a submission may take
     */
    protected abstract CommandLog start(Path folder, LogConsumer consumer, Duration timeout) throws Exception;

    /** Gives back what {@link #start} needed beside the log, which is closed. */
    protected void stop() throws Exception {}

    @BeforeEach
    final void startFresh(@TempDir Path folder) throws Exception {
        log = start(folder, consumer, TIMEOUT);
    }

    @AfterEach
    final void closeLast() throws Exception {
        consumer.hold(false);
        log.close();
        stop();
        assertThat(consumer.faults()).isEmpty();
    }

    @Test
    void what_a_thread_submits_is_applied_once_in_its_order_and_answered_each_with_its_own_reply() throws Exception {
        List<CompletionStage<byte[]>> replies = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            replies.add(submit("c" + i));
        }
        for (int i = 0; i < 300; i++) {
            assertThat(get(replies.get(i))).isEqualTo(EchoConsumer.reply(i, "c" + i));
        }
        assertThat(consumer.commands())
                .isEqualTo(IntStream.range(0, 300).mapToObj(i -> "c" + i).toList());
    }

    @Test
    void what_several_threads_submit_is_applied_once_and_answered_each_with_its_own_reply() throws Exception {
        List<List<CompletionStage<byte[]>>> replies = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 6; t++) {
            String name = "t" + t + "-";
            List<CompletionStage<byte[]>> own = new ArrayList<>();
            replies.add(own);
            threads.add(new Thread(() -> IntStream.range(0, 50).forEach(i -> own.add(submit(name + i)))));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        for (int t = 0; t < 6; t++) {
            for (int i = 0; i < 50; i++) {
                String command = "t" + t + "-" + i;
                byte[] reply = get(replies.get(t).get(i));
                assertThat(reply)
                        .isEqualTo(EchoConsumer.reply(consumer.commands().indexOf(command), command));
            }
        }
        assertThat(consumer.commands()).hasSize(300).doesNotHaveDuplicates();
        for (int t = 0; t < 6; t++) {
            String name = "t" + t + "-";
            assertThat(consumer.commands())
                    .filteredOn(command -> command.startsWith(name))
                    .isEqualTo(IntStream.range(0, 50).mapToObj(i -> name + i).toList());
        }
    }

    @Test
    void a_command_is_applied_here_when_its_reply_comes() throws Exception {
        for (int i = 0; i < 20; i++) {
            String command = "c" + i;
            boolean applied = within(
                    submit(command).thenApply(reply -> consumer.commands().contains(command)));
            assertThat(applied).isTrue();
        }
    }

    @Test
    void large_commands_go_through_unharmed() throws Exception {
        String large = "x".repeat(40_000);

        assertThat(get(submit(large))).isEqualTo(EchoConsumer.reply(0, large));
    }

    @Test
    void after_a_barrier_all_that_was_acknowledged_is_applied_here() throws Exception {
        within(log.barrier());
        for (int i = 0; i < 5; i++) {
            List<CompletionStage<byte[]>> replies = List.of(submit("a" + i), submit("b" + i));
            for (CompletionStage<byte[]> reply : replies) {
                get(reply);
            }
            int size =
                    within(log.barrier().thenApply(done -> consumer.commands().size()));
            assertThat(size).isEqualTo(2 * (i + 1));
        }
    }

    @Test
    void a_question_is_answered_and_changes_nothing() throws Exception {
        get(submit("c"));

        assertThat(new String(get(log.ask(bytes("why"))), StandardCharsets.UTF_8))
                .isEqualTo("answer to why");
        assertThat(consumer.commands()).containsExactly("c");
    }

    @Test
    void a_question_without_an_answer_fails_by_name() {
        CompletionStage<byte[]> answer = log.ask(bytes(EchoConsumer.UNANSWERABLE));

        assertThatThrownBy(() -> get(answer)).isInstanceOf(QuestionFailed.class);
    }

    @Test
    void a_listener_hears_of_the_present_leadership_at_once_and_of_terms_that_never_go_back() {
        List<Long> terms = Collections.synchronizedList(new ArrayList<>());
        List<Boolean> roles = Collections.synchronizedList(new ArrayList<>());
        Registration registration = log.leadership((leader, term) -> {
            roles.add(leader);
            terms.add(term);
        });

        assertThat(roles).isNotEmpty();
        await(() -> roles.get(roles.size() - 1) == (log.status().role() == NodeRole.LEADER));
        assertThat(List.copyOf(terms)).isSorted();
        assertThat(log.status().term()).isGreaterThanOrEqualTo(terms.get(terms.size() - 1));
        registration.close();
    }

    @Test
    void the_status_tells_of_a_leader_and_of_what_is_applied() throws Exception {
        get(submit("c"));
        StoreStatus status = log.status();

        assertThat(status.leader()).isNotNull();
        assertThat(status.problems()).isEmpty();
        assertThat(status.isHealthy()).isTrue();
        assertThat(status.term()).isPositive();
        assertThat(status.applied()).isGreaterThanOrEqualTo(0);
        assertThat(status.committed()).isGreaterThanOrEqualTo(status.applied());
    }

    @Test
    void the_status_does_not_wait_for_a_consumer_that_stands_still() throws Exception {
        consumer.hold(true);
        CompletionStage<byte[]> reply = submit("c");

        assertThat(within(CompletableFuture.supplyAsync(log::status)).leader()).isNotNull();
        consumer.hold(false);
        assertThat(get(reply)).isEqualTo(EchoConsumer.reply(0, "c"));
    }

    @Test
    void a_consumer_that_fails_once_costs_a_failure_with_a_name_at_most() throws Exception {
        consumer.failNext(1);
        CompletionStage<byte[]> unlucky = submit("unlucky");
        awaitEnd(unlucky);

        byte[] reply = get(submit("next"));
        assertThat(consumer.commands()).doesNotHaveDuplicates().contains("next");
        assertThat(reply).isEqualTo(EchoConsumer.reply(consumer.commands().indexOf("next"), "next"));
    }

    @Test
    void nothing_is_taken_after_closing() throws Exception {
        get(submit("before"));
        log.close();

        assertThatThrownBy(() -> get(submit("after"))).isInstanceOf(StoreClosed.class);
        assertThat(consumer.commands()).containsExactly("before");
        log.close();
    }

    @Test
    void closing_ends_whatever_was_accepted() throws Exception {
        consumer.hold(true);
        List<CompletionStage<byte[]>> replies = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            replies.add(submit("c" + i));
        }
        CompletableFuture<Void> closed = CompletableFuture.runAsync(log::close);
        consumer.hold(false);

        within(closed);
        for (int i = 0; i < 20; i++) {
            if (awaitEnd(replies.get(i))) {
                assertThat(consumer.commands()).contains("c" + i);
            }
        }
        assertThat(consumer.commands()).doesNotHaveDuplicates();
    }

    private CompletionStage<byte[]> submit(String command) {
        return log.submit(bytes(command));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether it ended well; else in a way that is documented. */
    private static boolean awaitEnd(CompletionStage<byte[]> reply) throws Exception {
        try {
            get(reply);
            return true;
        } catch (EsdbException | StorageException documented) {
            return false;
        }
    }

    private static byte[] get(CompletionStage<byte[]> stage) throws Exception {
        return within(stage);
    }

    private static <T> T within(CompletionStage<T> stage) throws Exception {
        try {
            return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (TimeoutException e) {
            throw new AssertionError("nothing came within " + PATIENCE_SECONDS + " s", e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("time over").isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }
}
