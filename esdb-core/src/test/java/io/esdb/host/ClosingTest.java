package io.esdb.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClosingTest {
    private static final IllegalStateException ONE = new IllegalStateException("one");
    private static final IllegalStateException OTHER = new IllegalStateException("other");

    @Test
    void together_each_goes_on_while_another_waits() {
        CountDownLatch met = new CountDownLatch(2);
        List<Boolean> waits = Collections.synchronizedList(new ArrayList<>());
        Runnable meeting = () -> {
            met.countDown();
            waits.add(await(met));
        };

        Closing.all(List.of(meeting, meeting), true);

        assertThat(waits).containsExactly(true, true);
    }

    @Test
    void together_only_so_many_go_on_at_once() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(Closing.THREADS);
        Runnable counted = () -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            full.countDown();
            boolean unused = await(full);
            now.decrementAndGet();
        };

        Closing.all(
                IntStream.range(0, 3 * Closing.THREADS).mapToObj(i -> counted).toList(), true);

        assertThat(most).hasValue(Closing.THREADS);
    }

    @Test
    void otherwise_they_are_closed_in_order_by_the_caller() {
        List<String> closed = new ArrayList<>();
        String caller = Thread.currentThread().getName();

        Closing.all(
                List.of(
                        () -> closed.add("a by " + Thread.currentThread().getName()),
                        () -> closed.add("b by " + Thread.currentThread().getName())),
                false);

        assertThat(closed).containsExactly("a by " + caller, "b by " + caller);
    }

    @Test
    void a_failure_keeps_no_other_open_and_is_thrown_in_the_end() {
        for (boolean together : List.of(false, true)) {
            AtomicInteger closed = new AtomicInteger();

            assertThatThrownBy(() -> Closing.all(
                            List.of(
                                    () -> {
                                        throw ONE;
                                    },
                                    closed::incrementAndGet,
                                    () -> {
                                        throw OTHER;
                                    }),
                            together))
                    .isSameAs(ONE)
                    .hasSuppressedException(OTHER);

            assertThat(closed).hasValue(1);
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
