package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.EsdbException;
import io.esdb.EventData;
import io.esdb.EventPage;
import io.esdb.ExpectedRevision;
import io.esdb.IndeterminateAppend;
import io.esdb.Limits;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.RecordedEvent;
import io.esdb.StoreClosed;
import io.esdb.StoreOptions;
import io.esdb.StoreOverloaded;
import io.esdb.StoreUnavailable;
import io.esdb.StreamRead;
import io.esdb.WrongExpectedRevision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a store promises to many threads at once. */
abstract class ConcurrencyContract extends EventStoreFixture {
    @Override
    StoreOptions options() {
        return StoreOptions.defaults();
    }

    private static final int THREADS = 16;

    private ExecutorService threads;

    @BeforeEach
    void startThreads() {
        threads = Executors.newFixedThreadPool(THREADS + 4);
    }

    @AfterEach
    void endThreads() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void everyRevisionHasOneWinner() throws Exception {
        int rounds = 40;
        List<Integer> wins = inParallel(THREADS, () -> {
            int won = 0;
            for (long last = store.head("a"); last < rounds - 1; last = store.head("a")) {
                try {
                    AppendResult result = store.append("a", ExpectedRevision.after(last), event("Won"));
                    assertThat(result.lastRevision()).isEqualTo(last + 1);
                    won++;
                } catch (WrongExpectedRevision lost) {
                    assertThat(lost.actual()).isGreaterThan(last);
                }
            }
            return won;
        });

        assertThat(wins.stream().mapToInt(Integer::intValue).sum()).isEqualTo(rounds);
        assertThat(revisions(of("a"))).isEqualTo(upTo(rounds));
        assertThat(positions(all())).isEqualTo(upTo(rounds));
    }

    @Test
    void appendsToManyStreamsLeaveNoGap() throws Exception {
        List<List<AppendResult>> results = inParallel(THREADS, () -> {
            List<AppendResult> mine = new ArrayList<>();
            String stream = "s-" + Thread.currentThread().getId();
            for (int i = 0; i < 30; i++) {
                mine.add(store.append(AppendRequest.to(stream, ExpectedRevision.after(2L * i - 1), events(2))
                        .and("shared", ANY, events(1))));
            }
            return mine;
        });

        int events = THREADS * 30 * 3;
        List<RecordedEvent> all = Pages.stream(store, LogRead.forward()).toList();
        assertThat(positions(all)).isEqualTo(upTo(events));
        assertThat(revisions(Pages.stream(store, StreamRead.forward("shared")).toList()))
                .isEqualTo(upTo(THREADS * 30));
        for (AppendResult result : results.stream().flatMap(List::stream).toList()) {
            RecordedEvent last = all.get((int) result.lastPosition());
            assertThat(result.lastPosition() - result.firstPosition()).isEqualTo(2);
            assertThat(last.stream()).isEqualTo("shared");
            assertThat(last.revision()).isEqualTo(result.streams().get(1).last());
        }
    }

    @Test
    void manyThatSendTheSameGetTheSameAnswer() throws Exception {
        AppendRequest request = AppendRequest.to("a", NO_STREAM, events(2)).and("b", ANY, events(1));

        List<AppendResult> results = inParallel(THREADS, () -> store.append(request));

        assertThat(results).containsOnly(results.get(0)).hasSize(THREADS);
        assertThat(all()).hasSize(3);
    }

    @Test
    void whatIsTooMuchIsRefusedAndNotWritten() throws Exception {
        reopen(options().withLimits(Limits.defaults().withPendingBytes(4_096)));
        List<CompletionStage<AppendResult>> stages = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            stages.add(store.appendAsync(AppendRequest.to("a", ANY, events(5))));
        }

        int written = 0;
        for (CompletionStage<AppendResult> stage : stages) {
            try {
                join(stage.toCompletableFuture());
                written++;
            } catch (StoreOverloaded refused) {
                assertThat(refused.store()).isEqualTo("contract");
            }
        }
        assertThat(written).isPositive();
        assertThat(lastPosition()).isEqualTo(5L * written - 1);
        assertThat(inParallel(THREADS, () -> store.append("b", ANY, events(5))))
                .as("who may wait for room gets it")
                .hasSize(THREADS);
    }

    @Test
    void whoSeesAnEventSeesAllBeforeIt() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Future<Long>> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            readers.add(threads.submit(() -> tail(done)));
        }
        inParallel(8, () -> {
            for (int i = 0; i < 60; i++) {
                append("s-" + Thread.currentThread().getId(), 1 + i % 3);
            }
            return true;
        });
        done.set(true);

        for (Future<Long> reader : readers) {
            assertThat(reader.get()).isEqualTo(lastPosition() + 1);
        }
    }

    private long tail(AtomicBoolean done) {
        long next = 0;
        boolean last;
        do {
            last = done.get();
            EventPage page = store.read(LogRead.forward().from(next));
            for (RecordedEvent event : page.events()) {
                assertThat(event.position()).isEqualTo(next);
                next++;
            }
            assertThat(page.next()).isEqualTo(next);
        } while (!last);
        return next;
    }

    @Test
    void anInterruptedAppendMayHaveHappened() {
        EventData event = event("A");
        Thread.currentThread().interrupt();
        try {
            store.append("a", NO_STREAM, event);
        } catch (IndeterminateAppend expected) {
            assertThat(expected.store()).isEqualTo("contract");
        } finally {
            assertThat(Thread.interrupted()).as("the interrupt flag stays set").isTrue();
        }

        assertThat(store.append("a", NO_STREAM, event).lastRevision()).isZero();
        assertThat(all()).hasSize(1);
    }

    @Test
    void closingUnderLoadLosesNothingThatWasAnswered() throws Exception {
        Map<EventData, AppendResult> answered = new ConcurrentHashMap<>();
        CountDownLatch busy = new CountDownLatch(THREADS);
        List<Future<EsdbException>> ends = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            String stream = "s-" + i;
            boolean async = i % 2 == 0;
            ends.add(threads.submit(() -> appendUntilRefused(stream, async, answered, busy)));
        }
        assertThat(busy.await(1, TimeUnit.MINUTES)).isTrue();
        store.close();

        for (Future<EsdbException> end : ends) {
            assertThat(end.get(1, TimeUnit.MINUTES))
                    .isInstanceOfAny(StoreClosed.class, IndeterminateAppend.class, StoreUnavailable.class);
        }
        reopen();
        Map<UUID, Long> stored = new HashMap<>();
        Pages.stream(store, LogRead.forward()).forEach(event -> stored.put(event.id(), event.position()));
        answered.forEach((event, result) -> assertThat(stored).containsEntry(event.id(), result.firstPosition()));
        assertThat(answered).hasSizeGreaterThanOrEqualTo(THREADS);
    }

    private EsdbException appendUntilRefused(
            String stream, boolean async, Map<EventData, AppendResult> answered, CountDownLatch busy) {
        while (true) {
            EventData event = event("A");
            AppendRequest request = AppendRequest.to(stream, ANY, event);
            try {
                answered.put(
                        event, async ? join(store.appendAsync(request).toCompletableFuture()) : store.append(request));
                busy.countDown();
            } catch (EsdbException refused) {
                return refused;
            }
        }
    }

    private static AppendResult join(CompletableFuture<AppendResult> stage) {
        try {
            return stage.get(1, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EsdbException refused) {
                throw refused;
            }
            throw new AssertionError(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private <T> List<T> inParallel(int count, Callable<T> work) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            futures.add(threads.submit(() -> {
                start.await();
                return work.call();
            }));
        }
        start.countDown();
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get(2, TimeUnit.MINUTES));
        }
        return results;
    }

    private static List<Long> upTo(long count) {
        return LongStream.range(0, count).boxed().toList();
    }
}
