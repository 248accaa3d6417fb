package io.esdb.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallbacksTest {
    @Test
    void closing_lets_callbacks_under_way_end() throws Exception {
        Callbacks callbacks = Callbacks.own();
        AtomicBoolean ended = new AtomicBoolean();
        CountDownLatch release = new CountDownLatch(1);
        callbacks.executor().execute(() -> {
            awaitUnchecked(release);
            ended.set(true);
        });
        Thread closer = new Thread(callbacks::close);
        closer.start();
        await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);
        assertThat(ended).isFalse();
        release.countDown();
        closer.join();

        assertThat(ended).isTrue();
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_callback_may_close_them() throws Exception {
        Callbacks callbacks = Callbacks.own();

        assertThat(CompletableFuture.runAsync(callbacks::close, callbacks.executor()))
                .succeedsWithin(5, TimeUnit.SECONDS);
    }

    @Test
    void what_an_executor_refuses_runs_on_common_threads_and_never_on_the_one_that_hands_it_on() throws Exception {
        for (RuntimeException refusal : List.of(new RejectedExecutionException(), new IllegalStateException())) {
            Callbacks callbacks = Callbacks.given(task -> {
                throw refusal;
            });

            assertThat(CompletableFuture.supplyAsync(Thread::currentThread, callbacks.executor())
                            .get())
                    .isNotSameAs(Thread.currentThread());
        }
    }

    @Test
    void what_comes_after_closing_still_runs() {
        Callbacks callbacks = Callbacks.own();
        callbacks.close();

        assertThat(CompletableFuture.runAsync(() -> {}, callbacks.executor())).succeedsWithin(20, TimeUnit.SECONDS);
    }

    @Test
    void an_executor_of_the_users_is_left_running() throws Exception {
        ExecutorService users = Executors.newSingleThreadExecutor();
        Callbacks callbacks = Callbacks.given(users);
        callbacks.close();

        assertThat(users.isShutdown()).isFalse();
        assertThat(CompletableFuture.supplyAsync(Thread::currentThread, callbacks.executor())
                        .get())
                .isSameAs(users.submit(Thread::currentThread).get());
        users.shutdown();
        assertThat(users.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }
}
