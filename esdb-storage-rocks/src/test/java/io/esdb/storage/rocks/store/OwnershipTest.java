package io.esdb.storage.rocks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.StoreLocked;
import io.esdb.StreamRead;
import io.esdb.host.EventStores;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One store has one owner. */
class OwnershipTest {
    @TempDir
    Path temp;

    private EventStores stores;
    private EventStore store;

    @BeforeEach
    void open() {
        stores = Setup.SYNC.open(temp.resolve("stores"));
        store = Setup.SYNC.openStore(stores);
        store.append("a", ExpectedRevision.any(), EventData.bytes("A", new byte[3]));
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void aSecondProcessGetsTheStoreOnlyAfterTheFirstClosedIt() throws Exception {
        assertThat(secondProcess()).containsExactly("StoreLocked", "StoreLocked");
        checkStore();

        stores.close();
        assertThat(secondProcess()).containsExactly("fine", "fine");

        stores = Setup.SYNC.open(temp.resolve("stores"));
        assertThat(stores.names()).isEmpty();
    }

    @Test
    void secondStoresInTheSameProcessAreRefused() {
        try (EventStores second = Setup.SYNC.open(temp.resolve("stores"))) {
            assertThat(second.names()).containsExactly(Setup.STORE);
            assertThatThrownBy(() -> Setup.SYNC.openStore(second)).isInstanceOf(StoreLocked.class);
            assertThatThrownBy(() -> second.drop(Setup.STORE)).isInstanceOf(StoreLocked.class);
            checkStore();

            store.close();
            assertThat(Setup.SYNC
                            .openStore(second)
                            .read(StreamRead.forward("a"))
                            .events())
                    .hasSize(1);
            assertThatThrownBy(() -> Setup.SYNC.openStore(stores)).isInstanceOf(StoreLocked.class);
        }
        store = Setup.SYNC.openStore(stores);
        checkStore();
    }

    private List<String> secondProcess() throws Exception {
        try (ChildJvm child = ChildJvm.start(temp, OpeningChild.class, temp.resolve("stores"))) {
            return child.ended();
        }
    }

    private void checkStore() {
        assertThat(store.read(StreamRead.forward("a")).events()).hasSize(1);
        store.append("b", ExpectedRevision.any(), EventData.bytes("B", new byte[3]));
        assertThat(store.verify().problems()).isEmpty();
    }
}
