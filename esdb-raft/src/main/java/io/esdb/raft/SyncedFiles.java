package io.esdb.raft;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** File operations that are on disk when they return. None of them is cut short by an interrupt. */
final class SyncedFiles {
    private static final boolean FOLDERS_CAN_SYNC =
            !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private SyncedFiles() {}

    /** Writes a file so that after a crash it has either its old content (or is absent as before) or the new one. */
    static void replace(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (RandomAccessFile out = new RandomAccessFile(fresh.toFile(), "rw")) {
            out.setLength(0);
            out.write(content);
            out.getFD().sync();
        }
        move(fresh, file);
    }

    /** Renames a file within its file system, in place of one that is there already. */
    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder(folderOf(to));
        if (!folderOf(from).equals(folderOf(to))) {
            syncFolder(folderOf(from));
        }
    }

    /** Copies a file to a place where none is. */
    static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to);
        syncFile(to);
        syncFolder(folderOf(to));
    }

    /** Cuts a file to its first bytes. */
    static void truncate(Path file, long length) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(length);
            open.getFD().sync();
        }
    }

    /** Deletes a file if it is there. */
    static void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        syncFolder(folderOf(file));
    }

    static void syncFile(Path file) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.getFD().sync();
        }
    }

    /** Makes the names in a folder durable; where the system cannot (Windows), it does nothing. */
    static void syncFolder(Path folder) throws IOException {
        if (!FOLDERS_CAN_SYNC) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            while (!forced(folder)) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean forced(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }

    /** Creates a folder and its missing parents. */
    static void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folderOf(folder);
        createFolders(parent);
        Files.createDirectories(folder);
        syncFolder(parent);
    }

    private static Path folderOf(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(file + " is in no folder");
        }
        return parent;
    }
}
