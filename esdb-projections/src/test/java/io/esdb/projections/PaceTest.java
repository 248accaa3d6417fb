package io.esdb.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.spi.Documents;
import io.esdb.spi.StoreAccess;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pauses between batches, by a clock that moves only where a test says so. */
class PaceTest extends ProjectionFixture {
    private final AtomicLong nanos = new AtomicLong(1);
    private final List<Long> pauses = new ArrayList<>();
    private final Tasks tasks = new Tasks() {
        @Override
        void pause(long nanos) {
            pauses.add(TimeUnit.NANOSECONDS.toMillis(nanos));
        }
    };
    private final Projection<Long> sums = sums("sums", 1);
    private long millisOfACommit = 20;
    private Writer<Long> writer;

    @BeforeEach
    void prepare() throws Exception {
        StoreAccess access = (StoreAccess) store;
        Ledger ledger = new Ledger(store, access, timed(access.documents()));
        ledger.change("sums", none -> Control.first(1));
        Fence fence = Fence.claim(ledger, "sums", 1, 1);
        writer = new Writer<>(ledger, sums, fence, new Gauge(nanos::get), tasks, 100);
    }

    /** Each commit of the writer is through when it returns, and the clock shows how long it took. */
    private Documents timed(Documents documents) {
        return (Documents) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Documents.class}, (proxy, method, given) -> {
                    Object answer = method.invoke(documents, given);
                    if (answer instanceof CompletionStage<?> stage) {
                        stage.toCompletableFuture().get();
                        pass(millisOfACommit);
                    }
                    return answer;
                });
    }

    private void pass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** A batch of the one event that somebody else has appended just now. */
    private void storeAnother() throws Exception {
        long position = add("a", 1);
        writer.passed(position);
        writer.store(false, null);
    }

    private void storeAlone() throws Exception {
        writer.store(false, null);
    }

    @Test
    void besideAppendsTheWriterIsLeftToOthersForAsLongAsABatchTookIt() throws Exception {
        storeAnother();
        assertThat(pauses).isEmpty();
        storeAnother();
        millisOfACommit = 7;
        storeAnother();
        storeAnother();

        assertThat(pauses).containsExactly(20L, 20L, 7L);
    }

    @Test
    void aPauseIsNeverLong() throws Exception {
        millisOfACommit = 3_000;
        storeAnother();
        storeAnother();

        assertThat(pauses).containsExactly(50L);
    }

    @Test
    void theTimeOfFoldingCountsAsAPause() throws Exception {
        storeAnother();
        pass(15);
        storeAnother();
        pass(20);
        storeAnother();

        assertThat(pauses).containsExactly(5L);
    }

    @Test
    void whereNobodyAppendsThereAreNoPauses() throws Exception {
        storeAlone();
        storeAlone();

        assertThat(pauses).isEmpty();
    }

    @Test
    void onceNobodyHasAppendedForTenSecondsThereAreNoPausesAnyMore() throws Exception {
        storeAnother();
        millisOfACommit = 9_970;
        storeAlone();
        millisOfACommit = 20;
        storeAlone();
        storeAlone();

        assertThat(pauses).containsExactly(20L, 50L);
    }

    @Test
    @Timeout(10)
    void aPauseEndsWhenTheRunnerIsStopped() throws Exception {
        Tasks stopped = new Tasks();
        stopped.stop();

        stopped.pause(Duration.ofHours(1).toNanos());

        assertThat(stopped.isStopped()).isTrue();
    }
}
