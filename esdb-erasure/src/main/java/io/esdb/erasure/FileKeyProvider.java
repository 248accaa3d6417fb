package io.esdb.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Keeps the keys in files of a folder, in the clear: for tests, for examples, and where the folder is kept as carefully as a key
 * management service would. Whoever reads the folder and the store reads every payload. So the folder must not be on the store's
 * disk nor in its backups, and a backup of the folder itself undoes every erasure that is later than it.
 *
 * <p>Keys that are destroyed are overwritten where they are. Solid-state disks, snapshots of a file system and file systems that
 * copy on write may keep the old bytes nevertheless, for some time; only an encrypted disk helps.
 *
 * <p>Processes and nodes may share the folder if its file system has locks that hold among them.
 */
public final class FileKeyProvider extends RingKeyProvider {
    /** Locks of files do not hold among threads. */
    private static final Object IN_THIS_JVM = new Object();

    private final Path folder;

    private FileKeyProvider(Path folder) {
        this.folder = folder;
    }

    /**
     * A provider with its keys in this folder, which is made if it is missing, for its owner alone where the file system can tell.
     *
     * @throws IOException if the folder cannot be made
     */
    public static FileKeyProvider at(Path folder) throws IOException {
        if (!Files.isDirectory(Check.notNull("folder", folder))) {
            Files.createDirectories(folder);
            restrict(folder, "rwx------");
        }
        return new FileKeyProvider(folder);
    }

    @Override
    Optional<KeyRing> load(String subject) throws IOException {
        try {
            return Optional.of(new KeyRing(Files.readAllBytes(file(subject))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Written whole or not at all; then what was there before is overwritten, which nobody can reach by name any more. */
    @Override
    void store(String subject, KeyRing ring) throws IOException {
        Path temporary = incomplete();
        write(temporary, ring.bytes(), WRITE, CREATE_NEW);
        Path file = file(subject);
        if (Files.exists(file)) {
            try (FileChannel before = FileChannel.open(file, WRITE)) {
                move(temporary, file);
                write(before, new byte[Math.toIntExact(before.size())]);
            }
        } else {
            move(temporary, file);
        }
    }

    private Path incomplete() {
        return folder.resolve("incomplete");
    }

    private void move(Path temporary, Path file) throws IOException {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(folder);
    }

    @Override
    void shred(String subject) throws IOException {
        Path file = file(subject);
        if (!Files.exists(file)) {
            store(subject, KeyRing.destroyed());
        } else {
            overwrite(file);
        }
    }

    @Override
    void exclusively(Change change) throws IOException {
        synchronized (IN_THIS_JVM) {
            try (FileChannel channel = FileChannel.open(folder.resolve("lock"), CREATE, WRITE)) {
                FileLock lock = channel.lock();
                try {
                    wipeIncomplete();
                    change.run();
                } finally {
                    lock.release();
                }
            }
        }
    }

    /** What a process left that ended while it stored a ring: keys, which nobody else would destroy. */
    private void wipeIncomplete() throws IOException {
        Path left = incomplete();
        if (Files.exists(left)) {
            overwrite(left);
            Files.delete(left);
        }
    }

    private static void overwrite(Path file) throws IOException {
        write(file, new byte[Math.toIntExact(Files.size(file))], WRITE);
    }

    private static void write(Path file, byte[] bytes, OpenOption... options) throws IOException {
        try (FileChannel channel = FileChannel.open(file, options)) {
            restrict(file, "rw-------");
            write(channel, bytes);
        }
    }

    private static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            int unused = channel.write(buffer, buffer.position());
        }
        channel.force(true);
    }

    /** A file's name is safe only when its folder is; where a folder cannot be synced, its file system does it by itself. */
    private static void sync(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, READ)) {
                channel.force(true);
            }
        }
    }

    private static void restrict(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Path unused = Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    /** Named by a hash, since a subject's name may be too long for a file, or hold what a file's name must not. */
    private Path file(String subject) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(subject.getBytes(UTF_8));
            return folder.resolve(HexFormat.of().formatHex(hash) + ".key");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is missing", e);
        }
    }
}
