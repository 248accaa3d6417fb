package io.esdb.storage.rocks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendRequest;
import io.esdb.Consistency;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.IndeterminateAppend;
import io.esdb.LogRead;
import io.esdb.StoreFailed;
import io.esdb.StreamRead;
import io.esdb.host.EventStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A thread that was interrupted may use a store: the call is done, or fails by name; the flag stays, and the store is well. */
class InterruptsTest {
    @TempDir
    Path temp;

    private EventStores stores;
    private EventStore store;

    @BeforeEach
    void open() {
        stores = Setup.INTERVAL_SMALL_BUFFERS.open(temp.resolve("stores"));
        store = Setup.INTERVAL_SMALL_BUFFERS.openStore(stores);
        append();
        append();
        store.backup(temp.resolve("backup"));
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @TestFactory
    Stream<DynamicTest> anInterruptHarmsNothing() {
        return Stream.of(
                call("append", this::append),
                call("append async", () -> store.appendAsync(request())),
                call("read a stream", () -> store.read(StreamRead.forward("a"))),
                call("read the store", () -> store.read(LogRead.forward())),
                call("read strictly", () -> store.read(LogRead.backward().consistency(Consistency.LINEARIZABLE))),
                call("figures", () -> store.statistics()),
                call("force", () -> store.force()),
                call("trim", () -> store.trim("a", 1)),
                call("sweep", () -> store.sweep()),
                call("verify", () -> assertThat(store.verify().isClean()).isTrue()),
                call("wait for what is there", () -> store.awaitPosition(0, Duration.ofMinutes(1))),
                call("wait for what is not", () -> store.awaitPosition(1_000_000, Duration.ofMinutes(1))),
                call("backup", () -> store.backup(temp.resolve("another"))),
                call("restore", () -> stores.restore(temp.resolve("backup"), "restored")),
                call("open another", () -> stores.open("restored")),
                call("make another", () -> stores.open("new")),
                call("drop", () -> stores.drop("restored")),
                call("close and open", this::reopen));
    }

    private DynamicTest call(String what, Runnable call) {
        return DynamicTest.dynamicTest(what, () -> {
            Thread.currentThread().interrupt();
            try {
                call.run();
            } catch (IndeterminateAppend | StoreFailed interrupted) {
                assertThat(interrupted).hasMessageContaining("interrupted");
            } finally {
                assertThat(Thread.interrupted()).as("the interrupt flag").isTrue();
            }
            append();
            store.force();
        });
    }

    private void reopen() {
        store.close();
        store = Setup.INTERVAL_SMALL_BUFFERS.openStore(stores);
        assertThat(store.verify().isClean()).isTrue();
    }

    private void append() {
        store.append(request());
    }

    private static AppendRequest request() {
        return AppendRequest.to("a", ExpectedRevision.any(), EventData.bytes("Happened", new byte[10]));
    }
}
