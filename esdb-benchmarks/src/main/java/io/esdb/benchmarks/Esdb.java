package io.esdb.benchmarks;

import io.esdb.AppendRequest;
import io.esdb.Durability;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.StoreOptions;
import io.esdb.host.EventStores;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;

/** An open esdb store in a folder. */
final class Esdb implements Closeable {
    private static final String NAME = "bench";

    private final EventStores stores;
    private final EventStore store;

    /** Opens the store, or makes it. */
    Esdb(Path folder, StoreOptions options) {
        stores = EventStores.open(folder);
        try {
            store = stores.open(NAME, options);
        } catch (RuntimeException e) {
            stores.close();
            throw e;
        }
    }

    /** Every append on disk before it is answered, all indexes. */
    Esdb(Path folder) {
        this(folder, StoreOptions.defaults());
    }

    /** Answers before the disk has it: what is left is the work of the CPU. */
    static StoreOptions unsynced() {
        return StoreOptions.defaults().withDurability(Durability.interval(Duration.ofSeconds(1)));
    }

    EventStore store() {
        return store;
    }

    /** How many events there are. */
    long events() {
        return store.statistics().lastPosition() + 1;
    }

    static AppendRequest request(SampleAppend append) {
        return AppendRequest.to(append.name(), ExpectedRevision.after(append.revision() - 1), append.events());
    }

    @Override
    public void close() {
        stores.close();
    }
}
