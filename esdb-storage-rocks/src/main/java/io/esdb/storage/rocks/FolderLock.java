package io.esdb.storage.rocks;

import io.esdb.spi.StorageException;
import io.esdb.spi.StorageException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One owner per folder: a list of our own within this process, a lock on a file between processes. */
final class FolderLock implements AutoCloseable {
    static final String NAME = "lock";
    private static final int ATTEMPTS = 10;

    /** Comes first, since closing any handle on the file would give back the lock that this process has on it. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final RandomAccessFile file;

    private FolderLock(Path folder, RandomAccessFile file) {
        this.folder = folder;
        this.file = file;
    }

    /** Takes the lock of an existing folder; LOCKED if somebody has it. */
    static FolderLock take(Path folder) throws IOException {
        return take(folder, FolderLock::lockedFile);
    }

    /**
     * Keeps owners away from a folder that is only read, and changes nothing in it: it may be one that cannot be written to.
     * LOCKED if somebody has it; null where nobody ever had.
     */
    static @Nullable FolderLock takeToRead(Path folder) throws IOException {
        return Files.exists(folder.resolve(NAME)) ? take(folder, FolderLock::sharedFile) : null;
    }

    private static FolderLock take(Path folder, Locking locking) throws IOException {
        Path real = folder.toRealPath();
        if (!OURS.add(real)) {
            throw locked(real, "this process (" + ProcessHandle.current().pid() + ")", null);
        }
        try {
            return new FolderLock(real, locking.file(real));
        } catch (IOException | RuntimeException e) {
            OURS.remove(real);
            throw e;
        }
    }

    /** Gives the lock back and leaves its file. */
    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            OURS.remove(folder);
        }
    }

    private static RandomAccessFile lockedFile(Path folder) throws IOException {
        Path path = folder.resolve(NAME);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
            try {
                if (locks(file, folder, false) && isStillThere(path)) {
                    sign(file);
                    return file;
                }
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
            file.close(); // its owner dropped the storage between our opening and locking
        }
        throw locked(folder, "a process that keeps removing it", null);
    }

    private static RandomAccessFile sharedFile(Path folder) throws IOException {
        RandomAccessFile file = new RandomAccessFile(folder.resolve(NAME).toFile(), "r");
        try {
            locks(file, folder, true);
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static boolean locks(RandomAccessFile file, Path folder, boolean shared) throws IOException {
        try {
            FileLock lock = file.getChannel().tryLock(0, Long.MAX_VALUE, shared);
            if (lock == null) {
                throw locked(folder, "process " + ownerOf(file), null);
            }
            return true;
        } catch (OverlappingFileLockException e) {
            throw locked(folder, "another copy of this library in this process", e);
        }
    }

    private static boolean isStillThere(Path path) {
        return Files.exists(path);
    }

    private static void sign(RandomAccessFile file) throws IOException {
        byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
        file.setLength(0);
        file.write(pid);
    }

    private static String ownerOf(RandomAccessFile file) {
        try {
            byte[] pid = new byte[(int) Math.min(20, file.length())];
            file.readFully(pid);
            return pid.length == 0 ? "unknown" : new String(pid, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "unknown";
        }
    }

    private interface Locking {
        RandomAccessFile file(Path folder) throws IOException;
    }

    private static StorageException locked(Path folder, String owner, @Nullable Throwable cause) {
        return new StorageException(Kind.LOCKED, folder + " is in use by " + owner, cause);
    }
}
