package io.esdb.storage.rocks;

import io.esdb.spi.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.Checkpoint;
import org.rocksdb.RocksDBException;

/** Makes images of a database and storages of images. Both are whole only when {@code current} is there. */
final class Images {
    private Images() {}

    /** Writes an image and opens it once, to know that it can be and what it holds. */
    static void write(RocksDatabase database, Path folder, SharedMemory.Native memory, RocksOptions options)
            throws IOException {
        StoreFolder image = new StoreFolder(folder);
        image.checkEmpty();
        boolean made = !Files.exists(folder);
        Disk.createFolders(folder);
        try {
            Path generation = image.begin(StoreFolder.IMAGING);
            checkpoint(database, generation);
            markOf(new Generation(generation, WriteMode.SYNC, memory, options));
            syncAll(generation);
            image.publish(StoreFolder.FIRST);
        } catch (IOException | RuntimeException e) {
            discard(folder, made, e);
            throw e;
        }
    }

    /** A folder that was there before may be one that cannot go, such as where a volume is mounted. */
    private static void discard(Path folder, boolean made, Exception cause) {
        try {
            for (Path child : Disk.children(folder)) {
                Disk.deleteTree(child);
            }
            if (made) {
                Files.delete(folder);
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Makes a storage of an image, in a folder that is there and holds nothing. */
    static void restore(StoreFolder image, StoreFolder target) throws IOException {
        target.checkEmpty();
        Path from = source(image);
        copy(from, target.begin(StoreFolder.RESTORING));
        target.publish(StoreFolder.FIRST);
    }

    /** Makes a further generation of an image, all of it on disk. */
    static void install(StoreFolder image, Path to) throws IOException {
        copy(source(image), to);
        // The image may never have been synced, and its table files are the same files now.
        for (Path file : Disk.children(to)) {
            Disk.syncFile(file);
        }
    }

    /** The generation of an image; fails where there is none. */
    private static Path source(StoreFolder image) throws IOException {
        Path from = image.live();
        HighWaterMark.read(from.resolve(StoreFolder.MARK));
        return from;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path file : Disk.children(from)) {
            Path copy = to.resolve(file.getFileName());
            // Table files never change; all others may, and a link would let one storage write into the other.
            if (file.toString().endsWith(".sst")) {
                Disk.linkOrCopy(file, copy);
            } else {
                Disk.copy(file, copy);
            }
        }
        Disk.syncFolder(to);
    }

    private static void checkpoint(RocksDatabase database, Path generation) {
        try (Checkpoint checkpoint = Checkpoint.create(database.db())) {
            checkpoint.createCheckpoint(generation.toString());
        } catch (RocksDBException e) {
            throw RocksErrors.of("writing an image to " + generation, e);
        }
    }

    private static void markOf(Generation generation) throws IOException {
        RocksDatabase database = generation.openImage();
        try {
            generation.mark(database.commits()).close();
        } finally {
            database.close();
        }
    }

    private static void syncAll(Path generation) throws IOException {
        for (Path file : Disk.children(generation)) {
            if (!file.toString().endsWith(".sst")) {
                Disk.syncFile(file);
            }
        }
        Disk.syncFolder(generation);
    }
}
