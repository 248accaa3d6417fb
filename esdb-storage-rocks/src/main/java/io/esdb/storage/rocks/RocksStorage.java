package io.esdb.storage.rocks;

import io.esdb.spi.ReadView;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageException;
import io.esdb.spi.StorageException.Kind;
import io.esdb.spi.WriteBatch;
import io.esdb.spi.WriteMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A storage: lets callers to the database while it is there, and sees to it that nobody is left when it goes. */
final class RocksStorage implements Storage {
    private static final Logger log = LoggerFactory.getLogger(RocksStorage.class);

    /** How long {@link #recover} and {@link #install} wait for open views to end. */
    private static final Duration SWAP_DRAIN = Duration.ofSeconds(5);

    /** How long a view waits to be made while the database is reopened or replaced. */
    private static final Duration SWAP_PATIENCE = Duration.ofSeconds(30);

    private final StoreFolder folder;
    private final FolderLock lock;
    private final SharedMemory memory;
    private final Leases leases = new Leases(SWAP_PATIENCE);
    private final Installation installation;

    /** Replaced only while nobody but the one who does it holds a lease. */
    private volatile Writer writer;

    /** Keeps writers apart, should there be two against the rules. */
    private final ReentrantLock writing = new ReentrantLock();

    /** Takes over the lock of the folder, and a use of the memory, if it succeeds. */
    RocksStorage(StoreFolder folder, FolderLock lock, SharedMemory memory, Generation generation) throws IOException {
        this.folder = folder;
        this.lock = lock;
        this.memory = memory;
        this.installation = new Installation(folder, memory.records(), leases, SWAP_DRAIN);
        this.writer = new Writer(generation, new RecordEpochs(memory.records()));
    }

    @Override
    public ReadView view() {
        leases.acquire();
        try {
            Writer source = writer;
            return new RocksReadView(source.database(), memory.records(), source.epochs(), leases::release);
        } catch (RuntimeException e) {
            leases.release();
            throw e;
        }
    }

    @Override
    public void commit(WriteBatch batch) {
        commit(batch, () -> {});
    }

    @Override
    public void commit(WriteBatch batch, Runnable beforeShown) {
        write("committing", () -> writer.commit(batch, beforeShown));
    }

    @Override
    public void sync() {
        write("syncing", () -> writer.sync());
    }

    @Override
    public void recover() {
        writing.lock();
        try {
            if (resumed()) {
                return;
            }
            if (!leases.pause(SWAP_DRAIN, 0)) {
                throw new StorageException(Kind.UNAVAILABLE, "views are open, the storage cannot be reopened", null);
            }
            try {
                writer.reopen();
            } finally {
                leases.resume();
            }
            log.info("{} takes writes again", folder.root());
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void image(Path target) {
        read("writing an image to " + target, () -> {
            Generation generation = writer.generation();
            Images.write(writer.database(), target.toAbsolutePath(), generation.memory(), generation.options());
            return target;
        });
    }

    @Override
    public void install(Path image) {
        write("installing " + image, () -> installation.replace(writer, image, next -> writer = next));
        log.info("{} has the content of {}", folder.root(), image);
    }

    @Override
    public List<String> verify() {
        return read("verifying", () -> {
            Writer source = writer;
            WriteMode mode = source.generation().mode();
            return new Verification(folder, source.database(), mode).findings();
        });
    }

    @Override
    public long diskBytes() {
        return read("measuring " + folder.root(), () -> Disk.bytes(folder.root()));
    }

    @Override
    public void close() {
        if (!leases.close()) {
            return;
        }
        if (leases.drain(writer.generation().options().drainTimeout(), this::release)) {
            release();
            return;
        }
        abandon();
    }

    private void abandon() {
        log.warn("{} is closed but for its memory: a view is still open", folder.root());
        writer.abandon();
        if (writing.tryLock()) {
            try {
                writer.sync();
            } catch (StorageException e) {
                log.error("{} could not be synced when it was closed", folder.root(), e);
            } finally {
                writing.unlock();
            }
        }
    }

    /** Whether commits are taken; if not, the database has to be reopened for that. */
    private boolean resumed() {
        leases.acquire();
        try {
            if (!writer.isHealthy()) {
                Generation generation = writer.generation();
                SpaceProbe.check(generation.folder(), generation.options().writeBufferBytes());
                installation.settle(writer);
                return resumed(generation.mode());
            }
            return true;
        } catch (IOException e) {
            throw RocksErrors.of("recovering " + folder.root(), e);
        } finally {
            leases.release();
        }
    }

    /** Without a journal, reopening would lose what is in memory. */
    private boolean resumed(WriteMode mode) {
        try {
            writer.resume();
            return true;
        } catch (StorageException e) {
            if (e.kind() == Kind.FULL || mode == WriteMode.UNLOGGED) {
                throw e;
            }
            return false;
        }
    }

    private void write(String what, Action action) {
        leases.acquire();
        writing.lock();
        try {
            action.run();
        } catch (IOException e) {
            throw RocksErrors.of(what, e);
        } finally {
            writing.unlock();
            leases.release();
        }
    }

    private <T> T read(String what, Reader<T> reader) {
        leases.acquire();
        try {
            return reader.read();
        } catch (IOException e) {
            throw RocksErrors.of(what, e);
        } finally {
            leases.release();
        }
    }

    private void release() {
        try {
            writer.close();
        } finally {
            writer.epochs().finish();
            memory.release();
            unlock();
        }
    }

    private void unlock() {
        try {
            lock.close();
        } catch (IOException e) {
            log.warn("Unlocking {} failed", folder.root(), e);
        }
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read() throws IOException;
    }
}
