package io.esdb.testkit;

import io.esdb.StoreOptions;
import io.esdb.host.EventStores;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/**
 * Tests every promise of {@link io.esdb.EventStore} and of what goes in and comes out of it. The test of a storage is
 * a subclass that says how stores are opened; each test works in a temporary folder of its own and leaves a store
 * that {@link io.esdb.EventStore#verify} finds sound.
 */
public abstract class EventStoreContract {
    /** For subclasses. */
    protected EventStoreContract() {}

    /**
     * Opens the stores under a folder. Called again for the same folder after they were closed, it has to find what
     * they held.
     *
     * @param clock where the stores take the time from
     */
    protected abstract EventStores open(Path root, ManualClock clock);

    /** Appends and expected revisions. */
    @Nested
    class Appends extends AppendContract {
        @Override
        EventStores newStores(Path root, ManualClock clock) {
            return open(root, clock);
        }
    }

    /** Retries. */
    @Nested
    class Idempotence extends IdempotenceContract {
        @Override
        EventStores newStores(Path root, ManualClock clock) {
            return open(root, clock);
        }
    }

    /** Append conditions. */
    @Nested
    class Conditions extends ConditionContract {
        @Override
        EventStores newStores(Path root, ManualClock clock) {
            return open(root, clock);
        }
    }

    /** Reads of a stream. */
    @Nested
    class StreamReads extends StreamReadContract {
        @Override
        EventStores newStores(Path root, ManualClock clock) {
            return open(root, clock);
        }
    }

    /** Reads over the whole store. */
    @Nested
    class LogReads extends LogReadContract {
        @Override
        EventStores newStores(Path root, ManualClock clock) {
            return open(root, clock);
        }
    }

    /** Reads over the whole store, with its newest events in memory. */
    @Nested
    class RecentReads extends LogReadContract {
        @Override
        EventStores newStores(Path root, ManualClock clock) {
            return open(root, clock);
        }

        @Override
        StoreOptions options() {
            return StoreOptions.defaults();
        }
    }

    /** Deleting, trimming, limiting, listing. */
    @Nested
    class StreamLifecycle extends StreamLifecycleContract {
        @Override
        EventStores newStores(Path root, ManualClock clock) {
            return open(root, clock);
        }
    }

    /** Sweeping. */
    @Nested
    class Sweeping extends SweepContract {
        @Override
        EventStores newStores(Path root, ManualClock clock) {
            return open(root, clock);
        }
    }

    /** Bad arguments. */
    @Nested
    class Input extends InputContract {
        @Override
        EventStores newStores(Path root, ManualClock clock) {
            return open(root, clock);
        }
    }

    /** Bounds. */
    @Nested
    class Bounds extends LimitsContract {
        @Override
        EventStores newStores(Path root, ManualClock clock) {
            return open(root, clock);
        }
    }

    /** Documents and transactions. */
    @Nested
    class Transactions extends DocumentContract {
        @Override
        EventStores newStores(Path root, ManualClock clock) {
            return open(root, clock);
        }
    }

    /** Naming, opening, listing, dropping. */
    @Nested
    class Stores extends StoresContract {
        @Override
        EventStores newStores(Path root, ManualClock clock) {
            return open(root, clock);
        }
    }

    /** Closing, figures. */
    @Nested
    class Lifecycle extends StoreLifecycleContract {
        @Override
        EventStores newStores(Path root, ManualClock clock) {
            return open(root, clock);
        }
    }

    /** Backup and restore. */
    @Nested
    class Backups extends BackupContract {
        @Override
        EventStores newStores(Path root, ManualClock clock) {
            return open(root, clock);
        }
    }

    /** Many threads. */
    @Nested
    class Concurrency extends ConcurrencyContract {
        @Override
        EventStores newStores(Path root, ManualClock clock) {
            return open(root, clock);
        }
    }

    /** Random histories, held against a model. */
    @Nested
    class Histories extends ModelContract {
        @Override
        EventStores newStores(Path root, ManualClock clock) {
            return open(root, clock);
        }
    }
}
