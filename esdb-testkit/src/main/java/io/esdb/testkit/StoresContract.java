package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventStore;
import io.esdb.InvalidInput;
import io.esdb.LogRead;
import io.esdb.StoreAlreadyExists;
import io.esdb.StoreClosed;
import io.esdb.StoreNotFound;
import io.esdb.StoreOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What stores under one folder promise: naming, opening, listing, dropping. */
abstract class StoresContract extends EventStoreFixture {
    @Override
    StoreOptions options() {
        return StoreOptions.defaults();
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
}
