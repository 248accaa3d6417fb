package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which work shares a thread, and that none waits for work that blocks. */
class HandlerThreadsTest {

    @Test
    void workThatBlocksHoldsUpNoOther() throws Exception {
        ExecutorService pool = Executors.newCachedThreadPool();
        try {
            HandlerThreads threads = new HandlerThreads(pool);
            CountDownLatch allAreIn = new CountDownLatch(20);
            CountDownLatch over = new CountDownLatch(20);
            for (int i = 0; i < 20; i++) {
                threads.execute(() -> {
                    allAreIn.countDown();
                    awaitQuietly(allAreIn);
                    over.countDown();
                });
            }
            assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            pool.shutdownNow();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void oneThreadIsAskedForAtATimeAndDoesWhatIsLeft() {
        Queue<Runnable> asked = new ArrayDeque<>();
        HandlerThreads threads = new HandlerThreads(asked::add);
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            threads.execute(done::incrementAndGet);
        }
        assertThat(asked).hasSize(1);
        asked.remove().run();
        assertThat(done).hasValue(10);
        assertThat(asked)
                .as("who begins asks for one more while there is more to do")
                .hasSize(1);
        asked.remove().run();
        threads.execute(done::incrementAndGet);
        assertThat(asked).hasSize(1);
    }

    @Test
    void whatComesWhileAThreadIsBusyGetsAnother() {
        Queue<Runnable> asked = new ArrayDeque<>();
        HandlerThreads threads = new HandlerThreads(asked::add);
        AtomicInteger done = new AtomicInteger();
        threads.execute(() -> {
            threads.execute(done::incrementAndGet);
            assertThat(asked).hasSize(1);
            asked.remove().run();
            assertThat(done).hasValue(1);
        });
        asked.remove().run();
        assertThat(done).hasValue(1);
        assertThat(asked).isEmpty();
    }

    @Test
    void workIsDroppedOnceTheThreadsAreClosed() {
        HandlerThreads threads = new HandlerThreads(work -> {
            throw new RejectedExecutionException("closed");
        });
        threads.execute(() -> {
            throw new AssertionError("must not run");
        });
    }
}
