package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.EventStore;
import io.esdb.IndexKind;
import io.esdb.InvalidInput;
import io.esdb.LogRead;
import io.esdb.StoreAlreadyExists;
import io.esdb.StoreClosed;
import io.esdb.StoreNotFound;
import io.esdb.StoreOptions;
import io.esdb.StoreStatistics;
import io.esdb.StreamLimits;
import io.esdb.StreamRead;
import io.esdb.VerifyReport;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What stores promise of opening, closing, naming and dropping, and of their figures. */
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
    void anOpenStoreIsHandedOutAgain() {
        assertThat(stores.open("contract")).isSameAs(store);
        assertThat(stores.open("contract", StoreOptions.defaults())).isSameAs(store);
        assertThat(store.name()).isEqualTo("contract");

        StoreOptions other = StoreOptions.defaults().withTimeout(Duration.ofSeconds(7));
        assertThat(failure(InvalidInput.class, () -> stores.open("contract", other))
                        .field())
                .isEqualTo("options");
        store.close();
        EventStore again = stores.open("contract", other);
        assertThat(again).isNotSameAs(store);
        store = again;
        append("a", 1);
    }

    @Test
    void storesAreApart() {
        EventStore other = stores.open("other");
        append("a", 3);
        other.append("a", NO_STREAM, event("Other"));

        assertThat(other.read(LogRead.forward()).events()).hasSize(1);
        assertThat(all()).hasSize(3);
        assertThat(other.statistics().id()).isNotEqualTo(store.statistics().id());
        other.close();
        append("a", 1);
        failure(StoreClosed.class, () -> other.head("a"));
    }

    @Test
    void storesAreListedCreatedAndDropped() {
        assertThat(stores.names()).containsExactly("contract");
        EventStore made = stores.create("made", StoreOptions.defaults());
        made.append("a", NO_STREAM, event("A"));
        stores.open("b-2").close();
        assertThat(stores.names()).containsExactly("b-2", "contract", "made");
        for (String name : List.of("made", "contract", "b-2")) {
            assertThat(failure(StoreAlreadyExists.class, () -> stores.create(name, StoreOptions.defaults()))
                            .store())
                    .isEqualTo(name);
        }

        stores.drop("made");
        stores.drop("b-2");

        failure(StoreClosed.class, () -> made.head("a"));
        assertThat(stores.names()).containsExactly("contract");
        assertThat(failure(StoreNotFound.class, () -> stores.drop("made")).store())
                .isEqualTo("made");
        assertThat(stores.create("made", StoreOptions.defaults()).head("a")).isEqualTo(-1);
        reopen();
        assertThat(stores.names()).containsExactly("contract", "made");
    }

    @TestFactory
    Stream<DynamicTest> badStoreNamesAreRefused() {
        return Stream.of(
                        "",
                        ".",
                        "..",
                        "../x",
                        "a/b",
                        "a\\b",
                        "/a",
                        "C:",
                        "a:b",
                        "a\u0000",
                        "a\n",
                        " ",
                        "a ",
                        "-a",
                        "\uD800",
                        "a*",
                        "~",
                        "x".repeat(1_000),
                        null)
                .flatMap(name -> Stream.<ThrowingCallable>of(
                        () -> stores.open(name),
                        () -> stores.open(name, StoreOptions.defaults()),
                        () -> stores.create(name, StoreOptions.defaults()),
                        () -> stores.drop(name),
                        () -> stores.restore(temp, name)))
                .map(call -> DynamicTest.dynamicTest("a bad name", () -> {
                    assertThat(failure(InvalidInput.class, call).field()).isEqualTo("store");
                    assertThat(stores.names()).containsExactly("contract");
                    append("healthy", 1);
                }));
    }

    @Test
    void everyCallToClosedStoresIsRefused() {
        stores.close();

        for (ThrowingCallable call : Arrays.<ThrowingCallable>asList(
                () -> stores.open("contract"),
                () -> stores.open("new"),
                () -> stores.create("new", StoreOptions.defaults()),
                () -> stores.names(),
                () -> stores.drop("contract"),
                () -> stores.restore(temp, "new"),
                () -> store.append("a", ANY, event("A")))) {
            failure(StoreClosed.class, call);
        }
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
