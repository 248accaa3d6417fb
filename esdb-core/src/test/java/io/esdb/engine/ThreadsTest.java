package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinWorkerThread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThreadsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void threads_are_named_daemons() throws Exception {
        ExecutorService pool = Threads.pool("threads-test", 2);
        Thread thread =
                CompletableFuture.supplyAsync(Thread::currentThread, pool).get();

        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).isEqualTo("threads-test");
        pool.shutdown();
        assertThat(Threads.end(pool, LONG)).isTrue();
    }

    @Test
    void waiting_for_a_thread_has_an_end() {
        CountDownLatch latch = new CountDownLatch(1);
        Thread thread = Threads.daemon(
                "threads-test",
                () -> Uninterruptibly.until(LONG, nanos -> {
                    latch.await();
                    return true;
                }));
        thread.start();

        assertThat(Threads.join(thread, Duration.ofMillis(5))).isFalse();
        latch.countDown();
        assertThat(Threads.join(thread, LONG)).isTrue();
    }

    @Test
    void an_interrupt_while_waiting_is_kept_for_later() {
        Thread thread = Threads.daemon("threads-test", () -> {});
        thread.start();
        Thread.currentThread().interrupt();

        assertThat(Threads.join(thread, LONG)).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void nobody_waits_for_itself() throws Exception {
        assertThat(Threads.join(Thread.currentThread(), LONG)).isTrue();
        ExecutorService pool = Threads.single("threads-test");

        assertThat(CompletableFuture.supplyAsync(
                                () -> {
                                    pool.shutdown();
                                    return Threads.end(pool, LONG);
                                },
                                pool)
                        .get())
                .isTrue();
    }

    @Test
    void common_threads_are_those_of_the_jvm_however_many_tasks_there_are() throws Exception {
        int tasks = 1_000;
        Executor common = Threads.common();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(tasks);
        for (int i = 0; i < tasks; i++) {
            common.execute(() -> {
                threads.add(Thread.currentThread());
                done.countDown();
            });
        }
        done.await();

        assertThat(threads).allSatisfy(thread -> assertThat(thread).isInstanceOf(ForkJoinWorkerThread.class));
    }
}
