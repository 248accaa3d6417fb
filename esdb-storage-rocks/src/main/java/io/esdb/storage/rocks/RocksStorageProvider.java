package io.esdb.storage.rocks;

import io.esdb.InvalidInput;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageProvider;
import io.esdb.spi.WriteMode;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Opens storages on RocksDB. All storages of one provider share its memory, see {@link RocksOptions}; native memory is
 * held only while one of them is open. Safe to use from any thread.
 *
 * <p>The native library is kept in a folder that all processes of a user share; the system property {@code
 * io.esdb.rocksdb.native.dir} names another one.
 */
public final class RocksStorageProvider implements StorageProvider {
    private final RocksOptions options;
    private final SharedMemory memory;

    /** With {@link RocksOptions#DEFAULT}. */
    public RocksStorageProvider() {
        this(RocksOptions.DEFAULT);
    }

    /** @param options settings of all its storages */
    public RocksStorageProvider(RocksOptions options) {
        if (options == null) {
            throw new InvalidInput("options", "must not be null");
        }
        this.options = options;
        this.memory = new SharedMemory(options);
    }

    @Override
    public Storage open(Path folder, WriteMode mode) {
        try {
            StoreFolder target = new StoreFolder(folder);
            if (!target.holdsStorage() && !target.isEmpty()) { // nothing may be left in a folder of somebody else's
                throw RocksErrors.corrupt(folder + " holds no storage, but other files");
            }
            Disk.createFolders(folder.toAbsolutePath());
            FolderLock lock = FolderLock.take(folder);
            try {
                return open(new StoreFolder(folder.toRealPath()), lock, mode);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw RocksErrors.of("opening " + folder, e);
        }
    }

    @Override
    public boolean exists(Path folder) {
        return new StoreFolder(folder).holdsStorage();
    }

    @Override
    @SuppressWarnings("try") // the locks are only held
    public void restore(Path image, Path folder) {
        try {
            new StoreFolder(folder).checkEmpty();
            Disk.createFolders(folder.toAbsolutePath());
            try (FolderLock target = FolderLock.take(folder);
                    FolderLock source = FolderLock.takeToRead(image)) {
                Images.restore(new StoreFolder(image), new StoreFolder(folder));
            }
        } catch (IOException e) {
            throw RocksErrors.of("restoring " + image + " to " + folder, e);
        }
    }

    @Override
    @SuppressWarnings("try") // the lock is only held
    public void drop(Path folder) {
        StoreFolder target = new StoreFolder(folder);
        if (!target.holdsStorage()) {
            return;
        }
        try (FolderLock lock = FolderLock.take(folder)) {
            target.remove();
        } catch (IOException e) {
            throw RocksErrors.of("dropping " + folder, e);
        }
    }

    private Storage open(StoreFolder folder, FolderLock lock, WriteMode mode) throws IOException {
        SharedMemory.Native natives = memory.acquire();
        try {
            boolean fresh = folder.isFree();
            Path live = fresh ? folder.begin(StoreFolder.CREATING) : folder.live();
            Generation generation = new Generation(live, mode, natives, options);
            if (fresh) {
                generation.create();
                folder.publish(StoreFolder.FIRST);
            }
            folder.tidy(live);
            return new RocksStorage(folder, lock, memory, generation);
        } catch (IOException | RuntimeException e) {
            memory.release();
            throw e;
        }
    }
}
