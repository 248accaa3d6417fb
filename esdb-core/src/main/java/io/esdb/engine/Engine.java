package io.esdb.engine;

import io.esdb.Durability;
import io.esdb.IndeterminateAppend;
import io.esdb.StoreFailed;
import io.esdb.StoreIsClustered;
import io.esdb.StoreOptions;
import io.esdb.StoreUnavailable;
import io.esdb.machine.CreateStore;
import io.esdb.machine.Settings;
import io.esdb.spi.CommandLog;
import io.esdb.spi.CommandLogProvider;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageProvider;
import io.esdb.spi.WriteMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    private static final Duration CREATION = Duration.ofSeconds(30);

    /** Opens the store in a folder, or makes one there. */
    public EngineStore open(String name, Path folder, StoreOptions options) {
        if (logs == null && Files.exists(folder.resolve(CommandLogProvider.MEMBER_FILE))) {
            throw new StoreIsClustered(name, folder);
        }
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

    /** Removes a store that is not open, with all that its log keeps of it. */
    public void drop(String name, Path folder) {
        Failures.translated(name, () -> {
            if (logs != null) {
                logs.drop(name, folder);
            }
            provider.drop(folder);
            return name;
        });
    }

    private EngineStore start(String name, Path folder, StoreOptions options, Storage storage) {
        WakeUps wakeUps = new WakeUps(name);
        Questions questions = new Questions(name);
        RecentEvents events = new RecentEvents(options.recentBytes());
        StateMachine machine = new StateMachine(name, storage, events, wakeUps, questions);
        CommandLog log = logs == null
                ? new LocalCommandLog(name, machine, options.timeout())
                : logs.start(name, folder, options.timeout(), machine);
        Deadlines deadlines = new Deadlines(name, options.timeout(), Threads.common());
        Keeper keeper = new Keeper(name, machine, deadlines);
        try {
            Admission admission = new Admission(name, options.limits().pendingBytes());
            Writes writes = new Writes(name, log, admission, options.timeout(), deadlines, callbacks);
            keeper.start(options.durability());
            Settings settings = created(name, machine, writes, options);
            Signals signals = new Signals(name, log, wakeUps, questions, deadlines, callbacks);
            Backups backups = new Backups(name, provider, folder);
            RecentReader recent = new RecentReader(events, options.limits(), settings.indexes());
            return new EngineStore(new StoreParts(
                    name, options, settings, clock, storage, machine, recent, log, writes, signals, keeper, backups));
        } catch (RuntimeException | Error e) {
            log.close();
            keeper.close();
            throw e;
        }
    }

    private Settings created(String name, StateMachine machine, Writes writes, StoreOptions options) {
        if (machine.settings() == null) {
            create(machine, writes, options);
            if (logs != null) {
                machine.sync(); // a node that starts without its peers has to know what kind of store it is
            }
        }
        Settings settings = machine.settings();
        if (settings == null) {
            throw new StoreFailed(name, "it could not be created", null);
        }
        return settings;
    }

    /**
     * A cluster that starts needs a moment to have a leader, however short appends may take. Creating again is fine, and
     * another node may have done it. A refusal that comes at once is no matter of patience: a full disk, or a log that
     * takes nothing.
     */
    private static void create(StateMachine machine, Writes writes, StoreOptions options) {
        long end = System.nanoTime() + CREATION.toNanos();
        CreateStore command = new CreateStore(newSettings(options));
        while (true) {
            long start = System.nanoTime();
            try {
                writes.call(command);
                return;
            } catch (StoreUnavailable | IndeterminateAppend e) {
                if (machine.settings() != null) {
                    return;
                }
                long now = System.nanoTime();
                boolean refused = e instanceof StoreUnavailable
                        && now - start < options.timeout().toNanos() / 2;
                if (Thread.currentThread().isInterrupted()) {
                    throw new StoreFailed(e.store(), "interrupted while it was made; opening it again goes on", e);
                }
                if (refused || now - end >= 0) {
                    throw e;
                }
            }
        }
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
