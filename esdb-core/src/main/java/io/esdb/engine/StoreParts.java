package io.esdb.engine;

import io.esdb.StoreOptions;
import io.esdb.machine.Settings;
import io.esdb.spi.CommandLog;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** The parts of a running store, and the order in which they are given back. */
record StoreParts(
        String name,
        StoreOptions options,
        Settings settings,
        InstantSource clock,
        Storage storage,
        StateMachine machine,
        RecentReader recent,
        CommandLog log,
        Writes writes,
        Signals signals,
        Keeper keeper,
        Backups backups) {

    long clockMicros() {
        Instant now = clock.instant();
        return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano());
    }

    void force() {
        try {
            machine.sync();
        } catch (StorageException e) {
            throw Failures.ofRead(name, e);
        }
    }

    /** The log first, so that what was accepted is applied; the storage last, whatever becomes of the others. */
    void close() {
        try (storage;
                keeper;
                signals) {
            log.close();
        }
    }
}
