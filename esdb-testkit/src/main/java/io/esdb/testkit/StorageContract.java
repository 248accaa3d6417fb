package io.esdb.testkit;

import io.esdb.spi.StorageProvider;
import org.junit.jupiter.api.Nested;

/**
 * Tests every promise of {@link io.esdb.spi.Storage}, its views and its provider. The test of an implementation is a
 * subclass that says how to make a provider; each test opens its storages in a temporary folder of its own.
 *
 * <p>Failing disks and crashes are beyond it: only an implementation knows how to play them.
 */
public abstract class StorageContract {
    /** For subclasses. */
    protected StorageContract() {}

    /** A provider for one test. */
    protected abstract StorageProvider provider();

    /** Batches, and reads by key and position. */
    @Nested
    class Batches extends StorageBatchContract {
        @Override
        StorageProvider newProvider() {
            return provider();
        }
    }

    /** Walks over the event log. */
    @Nested
    class Log extends StorageLogContract {
        @Override
        StorageProvider newProvider() {
            return provider();
        }
    }

    /** Walks over the tree. */
    @Nested
    class Scans extends StorageScanContract {
        @Override
        StorageProvider newProvider() {
            return provider();
        }
    }

    /** Frozen views. */
    @Nested
    class Views extends StorageViewContract {
        @Override
        StorageProvider newProvider() {
            return provider();
        }
    }

    /** Opening, closing, copying, dropping. */
    @Nested
    class Lifecycle extends StorageLifecycleContract {
        @Override
        StorageProvider newProvider() {
            return provider();
        }
    }

    /** Content replaced by that of an image. */
    @Nested
    class Installs extends StorageInstallContract {
        @Override
        StorageProvider newProvider() {
            return provider();
        }
    }
}
