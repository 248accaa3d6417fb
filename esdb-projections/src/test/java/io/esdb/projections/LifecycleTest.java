package io.esdb.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.StoreClosed;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Opening, closing, pausing, and what is left afterwards. */
class LifecycleTest extends ProjectionFixture {
    @Test
    void twoHundredOpeningsLeaveNoThreads() {
        projections.close();
        for (int i = 0; i < 200; i++) {
            try (Projections open = Projections.on(store, POLL, PATIENCE)) {
                open.define(sums("sums", 1));
                if (i % 20 == 0) {
                    open.await("sums", add("a", 1), LONG);
                }
            }
        }
        await().untilAsserted(() -> assertThat(threads()).noneMatch(name -> name.contains("projection")));
        projections = Projections.on(store, POLL, PATIENCE);
        projections.define(sums("sums", 1));
        projections.await("sums", 9, LONG);

        assertThat(sum("sums", "a")).isEqualTo(10);
    }

    @Test
    void whatIsPausedStaysSoOverARestartUntilItIsStarted() {
        projections.define(sums("sums", 1));
        projections.await("sums", add("a", 1), LONG);
        projections.pause("sums");
        assertThatThrownBy(() -> projections.await("sums", 5, LONG)).isInstanceOf(ProjectionStopped.class);
        projections.await("sums", 0, LONG);
        crashAndReopen();
        projections.define(sums("sums", 1));
        long last = add("a", 2);
        assertThat(current("sums").reason()).isEqualTo("it was paused");
        assertThat(sum("sums", "a")).isEqualTo(1);
        projections.start("sums");
        projections.start("sums");
        projections.await("sums", last, LONG);

        assertThat(sum("sums", "a")).isEqualTo(3);
    }

    @Test
    void whoWaitsIsToldOfTheEnd() throws Exception {
        projections.define(sums("sums", 1));
        AtomicReference<Throwable> told = new AtomicReference<>();
        CountDownLatch waits = new CountDownLatch(1);
        Thread waiter = new Thread(() -> {
            waits.countDown();
            try {
                projections.await("sums", 1_000, LONG);
            } catch (RuntimeException e) {
                told.set(e);
            }
        });
        waiter.start();
        waits.await();
        projections.close();
        waiter.join(LONG.toMillis());

        assertThat(told.get()).isInstanceOf(ProjectionsClosed.class);
        projections.close();
    }

    @Test
    void aStoreThatIsClosedUnderneathEndsThem() {
        projections.define(sums("sums", 1));
        projections.await("sums", add("a", 1), LONG);
        stores.close();

        await().untilAsserted(() -> assertThat(threads()).noneMatch(name -> name.endsWith("-sums")));
        assertThatThrownBy(() -> projections.get("sums", "a")).isInstanceOf(StoreClosed.class);
    }
}
