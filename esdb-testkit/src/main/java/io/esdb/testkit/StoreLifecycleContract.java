package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.EventStore;
import io.esdb.IndexKind;
import io.esdb.LogRead;
import io.esdb.StoreClosed;
import io.esdb.StoreOptions;
import io.esdb.StoreStatistics;
import io.esdb.StreamLimits;
import io.esdb.StreamRead;
import io.esdb.VerifyReport;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** What a store promises of closing and of its figures. */
abstract class StoreLifecycleContract extends EventStoreFixture {
    @Override
    StoreOptions options() {
        return StoreOptions.defaults();
    }

    @TestFactory
    Stream<DynamicTest> everyCallAfterCloseIsRefused() {
        append("a", 1);
        AppendRequest request = AppendRequest.to("a", ANY, events(1));
        EventStore closed = store;
        closed.close();
        return Stream.<ThrowingCallable>of(
                        () -> closed.append(request),
                        () -> closed.append("a", ANY, event("A")),
                        () -> closed.read(StreamRead.forward("a")),
                        () -> closed.read(LogRead.forward()),
                        () -> closed.read(LogRead.forward().from(99)),
                        () -> closed.event(new UUID(0, 1)),
                        () -> closed.stream("a"),
                        () -> closed.head("a"),
                        () -> closed.exists("a"),
                        () -> closed.streams("", "", 1),
                        () -> closed.delete("a", ANY),
                        () -> closed.tombstone("a", ANY),
                        () -> closed.trim("a", 0),
                        () -> closed.limit("a", StreamLimits.none()),
                        closed::statistics,
                        closed::verify,
                        () -> closed.backup(temp.resolve("backup")),
                        () -> closed.appendAsync(request),
                        closed::sweep,
                        closed::status,
                        () -> closed.awaitPosition(0, Duration.ZERO),
                        () -> closed.leadership((leader, term) -> {}),
                        closed::force)
                .map(call -> DynamicTest.dynamicTest(
                        "a call",
                        () -> assertThat(failure(StoreClosed.class, call).store())
                                .isEqualTo("contract")));
    }

    @Test
    void anAppendInTheBackgroundAfterCloseIsRefused() throws Exception {
        store.close();
        AppendRequest request = AppendRequest.to("a", ANY, events(1));
        Throwable refusal;
        try {
            refusal = failureOf(store.appendAsync(request));
        } catch (StoreClosed thrown) {
            refusal = thrown;
        }
        assertThat(refusal).isInstanceOf(StoreClosed.class);
    }

    @Test
    void closingTwiceDoesNothing() {
        append("a", 1);
        store.close();
        store.close();
        stores.close();
        stores.close();

        reopen();
        assertThat(of("a")).hasSize(1);
    }

    @Test
    @Timeout(60)
    void aWaitForAPositionEndsWithTheStore() throws Exception {
        EventStore closing = store;
        FutureTask<StoreClosed> waiting = new FutureTask<>(
                () -> failure(StoreClosed.class, () -> closing.awaitPosition(7, Duration.ofDays(365_000))));
        Thread thread = new Thread(waiting);
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        closing.close();

        assertThat(waiting.get(1, TimeUnit.MINUTES).store()).isEqualTo("contract");
    }

    @Test
    void aStoreCanBeClosedFromACallback() throws Exception {
        CompletableFuture<Void> closed = store.appendAsync(AppendRequest.to("a", ANY, events(1)))
                .thenAccept(result -> store.close())
                .toCompletableFuture();
        closed.get(1, TimeUnit.MINUTES);
        failure(StoreClosed.class, () -> store.append("a", ANY, event("Late")));

        store = stores.open("contract");
        assertThat(of("a")).hasSize(1);
        CompletableFuture<Void> allClosed = store.appendAsync(AppendRequest.to("a", ANY, events(1)))
                .thenAccept(result -> stores.close())
                .toCompletableFuture();
        allClosed.get(1, TimeUnit.MINUTES);

        reopen();
        assertThat(of("a")).hasSize(2);
    }

    @Test
    void aCallbackMayAppend() throws Exception {
        AppendResult second = store.appendAsync(AppendRequest.to("a", NO_STREAM, events(1)))
                .thenApply(result -> store.append("a", EXISTS, event("Second")))
                .toCompletableFuture()
                .get(1, TimeUnit.MINUTES);

        assertThat(second.lastRevision()).isEqualTo(1);
    }

    @Test
    void aNewStoreHasFigures() {
        StoreStatistics fresh = store.statistics();

        assertThat(fresh.lastPosition()).isEqualTo(-1);
        assertThat(fresh.streams()).isZero();
        assertThat(fresh.indexes()).isEqualTo(EnumSet.allOf(IndexKind.class));
        assertThat(fresh.stateDigest()).matches("[0-9a-f]{64}");
        assertThat(fresh.diskBytes()).isNotNegative();
        assertThat(fresh.version()).isPositive();
        assertThat(store.verify()).isEqualTo(new VerifyReport(0, 0, List.of()));
    }

    @Test
    void figuresFollowTheStore() {
        StoreStatistics fresh = store.statistics();
        append("a", 2);
        append("b", 1);
        store.delete("a", ANY);
        StoreStatistics after = store.statistics();

        assertThat(after.id()).isEqualTo(fresh.id());
        assertThat(after.lastPosition()).isEqualTo(2);
        assertThat(after.streams()).isEqualTo(2);
        assertThat(after.appliedIndex()).isGreaterThan(fresh.appliedIndex());
        assertThat(after.stateDigest()).isNotEqualTo(fresh.stateDigest());
        VerifyReport report = store.verify();
        assertThat(report).isEqualTo(new VerifyReport(3, 2, List.of()));
        assertThat(report.isClean()).isTrue();
        reopen();
        assertSameFigures(store, after);
    }

    @Test
    void indexesAreFixedWhenAStoreIsCreated() {
        StoreOptions few = StoreOptions.defaults().withIndexes(EnumSet.of(IndexKind.TAG));
        stores.create("few", few).close();

        assertThat(stores.open("few").statistics().indexes()).containsExactly(IndexKind.TAG);
    }

    @Test
    void forcingIsFineAtAnyTime() {
        store.force();
        append("a", 1);
        store.force();
        assertThat(of("a")).hasSize(1);
    }
}
