package io.esdb.raft;

import io.esdb.StoreLocked;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Keeps a folder to one node: another one would put aside the logs that this one writes. */
final class NodeLock implements Closeable {
    private final RandomAccessFile file;

    private NodeLock(RandomAccessFile file) {
        this.file = file;
    }

    /** @throws StoreLocked if a node has it, of this process or another one */
    static NodeLock take(Path folder) throws IOException {
        SyncedFiles.createFolders(folder);
        RandomAccessFile file = new RandomAccessFile(folder.resolve("lock").toFile(), "rw");
        boolean taken = false;
        try {
            FileLock lock = file.getChannel().tryLock();
            taken = lock != null;
        } catch (OverlappingFileLockException e) {
            throw inUse(folder, e);
        } finally {
            if (!taken) {
                file.close();
            }
        }
        if (!taken) {
            throw inUse(folder, null);
        }
        return new NodeLock(file);
    }

    private static StoreLocked inUse(Path folder, @Nullable Throwable cause) {
        String owner = cause == null ? "another process" : "this process";
        return new StoreLocked(folder.toString(), "another node of " + owner + " runs on it", cause);
    }

    /** Gives the folder free. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
