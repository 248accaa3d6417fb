package io.esdb.storage.rocks;

import io.esdb.spi.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads RocksDB's native library from a file that is named after its hash and shared by all processes of a user;
 * RocksDB's own way leaves a copy behind for each process that is killed.
 */
final class NativeLibrary {
    static final String FOLDER_PROPERTY = "io.esdb.rocksdb.native.dir";

    private static final Logger log = LoggerFactory.getLogger(NativeLibrary.class);
    private static final Set<PosixFilePermission> OTHERS_MAY_WRITE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private static boolean loaded;

    private NativeLibrary() {}

    /** Loads the library unless it is loaded. IO if this machine cannot run it. */
    static synchronized void load() {
        if (!loaded) {
            try {
                RocksDB.loadLibrary(List.of(unpack(folder()).toString()));
            } catch (IOException | UnsatisfiedLinkError | RuntimeException e) {
                log.debug("The native library could not be shared between processes, RocksDB unpacks it itself", e);
                loadUnshared();
            }
            loaded = true;
        }
    }

    private static void loadUnshared() {
        try {
            RocksDB.loadLibrary();
        } catch (UnsatisfiedLinkError | RuntimeException e) {
            throw new StorageException(StorageException.Kind.IO, "RocksDB cannot be loaded on this machine", e);
        }
    }

    /** Puts the library where it belongs unless it is there, and gives its folder. Safe in concurrent processes. */
    static Path unpack(Path folder) throws IOException {
        byte[] library = libraryInJar(Environment.getJniLibraryFileName("rocksdb"));
        // The name in the jar and the one that RocksDB looks for in a folder are not the same.
        String name = Environment.getJniLibraryFileName("rocksdbjni");
        makePrivate(folder);
        Path home = folder.resolve(hash(library));
        makePrivate(home);
        Path file = home.resolve(name);
        if (!Files.exists(file) || Files.size(file) != library.length) {
            Path fresh = Files.createTempFile(home, name, ".new");
            Files.write(fresh, library);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return home;
    }

    private static Path folder() {
        String chosen = System.getProperty(FOLDER_PROPERTY);
        if (chosen != null && !chosen.isBlank()) {
            return Path.of(chosen);
        }
        String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
        return Path.of(System.getProperty("java.io.tmpdir"), "esdb-native-" + user);
    }

    private static byte[] libraryInJar(String name) throws IOException {
        try (InputStream in = RocksDB.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new IOException("there is no " + name + " in RocksDB's jar");
            }
            return in.readAllBytes();
        }
    }

    /** What others may write to, nothing may be loaded from. */
    private static void makePrivate(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            createPrivate(folder);
        }
        PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        String owner = view.getOwner().getName();
        boolean open = view.readAttributes().permissions().stream().anyMatch(OTHERS_MAY_WRITE::contains);
        if (open || !owner.equals(System.getProperty("user.name"))) {
            throw new IOException(folder + " belongs to " + owner + " or can be written by others");
        }
    }

    private static void createPrivate(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(folder + " is no folder");
        }
        Files.createDirectories(parent);
        FileStore store = Files.getFileStore(parent);
        try {
            if (store.supportsFileAttributeView(PosixFileAttributeView.class)) {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(folder);
            }
        } catch (FileAlreadyExistsException e) {
            log.trace("Another process made {} first", folder, e);
        }
    }

    private static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return String.format("%064x", new BigInteger(1, digest)).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
