package io.esdb.engine;

import io.esdb.Durability;
import io.esdb.StoreFailed;
import io.esdb.StoreOptions;
import io.esdb.machine.CreateStore;
import io.esdb.machine.Settings;
import io.esdb.spi.CommandLog;
import io.esdb.spi.CommandLogProvider;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageProvider;
import io.esdb.spi.WriteMode;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Opens stores: puts storage, state machine, log and the paths between them together.
 *
 * @param provider opens the storage
 * @param logs starts the command log; null for the log of a single JVM
 * @param clock stamps what is proposed
 * @param callbacks runs what depends on asynchronous appends
 */
public record Engine(
        StorageProvider provider, @Nullable CommandLogProvider logs, InstantSource clock, Executor callbacks) {

    /** Opens the store in a folder, or makes one there. */
    public EngineStore open(String name, Path folder, StoreOptions options) {
        return Failures.translated(name, () -> {
            Storage storage = provider.open(folder, mode(options));
            try {
                return start(name, folder, options, storage);
            } catch (RuntimeException | Error e) {
                storage.close();
                throw e;
            }
        });
    }

    private EngineStore start(String name, Path folder, StoreOptions options, Storage storage) {
        StateMachine machine = new StateMachine(name, storage);
        CommandLog log = logs == null
                ? new LocalCommandLog(name, machine, options.timeout())
                : logs.start(name, folder, machine);
        Deadlines deadlines = new Deadlines(name, options.timeout());
        Keeper keeper = new Keeper(name, machine, deadlines);
        try {
            Admission admission = new Admission(name, options.limits().pendingBytes());
            Writes writes = new Writes(name, log, admission, options.timeout(), deadlines, callbacks);
            Settings settings = created(name, machine, writes, options);
            keeper.start(options.durability());
            Backups backups = new Backups(name, provider);
            return new EngineStore(
                    new StoreParts(name, options, settings, clock, storage, machine, log, writes, keeper, backups));
        } catch (RuntimeException | Error e) {
            log.close();
            keeper.close();
            throw e;
        }
    }

    private static Settings created(String name, StateMachine machine, Writes writes, StoreOptions options) {
        if (machine.settings() == null) {
            writes.call(new CreateStore(newSettings(options)));
        }
        Settings settings = machine.settings();
        if (settings == null) {
            throw new StoreFailed(name, "it could not be created", null);
        }
        return settings;
    }

    private WriteMode mode(StoreOptions options) {
        if (logs != null) {
            return WriteMode.UNLOGGED;
        }
        return options.durability() instanceof Durability.Interval ? WriteMode.BUFFERED : WriteMode.SYNC;
    }

    private static Settings newSettings(StoreOptions options) {
        return new Settings(UUID.randomUUID(), ThreadLocalRandom.current().nextLong(), options.indexes());
    }
}
