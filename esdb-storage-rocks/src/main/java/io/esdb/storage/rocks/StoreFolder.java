package io.esdb.storage.rocks;

import io.esdb.spi.StorageException;
import io.esdb.spi.StorageException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The names in a storage's folder. Each generation is a RocksDB in a folder {@code gen-N} of its own; the file
 * {@code current} says which one lives and in which format. While the storage is being made or removed, the file
 * {@code incomplete} says so.
 */
record StoreFolder(Path root) {
    static final int FORMAT = 1;
    static final String FIRST = "gen-1";
    static final String CURRENT = "current";
    static final String MARK = "mark";
    static final String CREATING = "creating";
    static final String RESTORING = "restoring";
    static final String IMAGING = "imaging";
    static final String DROPPING = "dropping";

    private static final String GENERATION = "gen-";
    private static final String INCOMPLETE = "incomplete";
    private static final Pattern CONTENT = Pattern.compile("(esdb-rocks (\\d{1,9})\n(?s:.*))crc32c ([0-9a-f]{8})\n");
    private static final Pattern LIVE = Pattern.compile("esdb-rocks \\d+\n(gen-\\d{1,18})\n");

    boolean holdsStorage() {
        return Files.exists(root.resolve(CURRENT))
                || Files.exists(root.resolve(INCOMPLETE))
                || !generations().isEmpty();
    }

    /** Whether a new storage may be made here: no folder, an empty one, or a making that was cut off. */
    boolean isFree() throws IOException {
        if (Files.exists(root.resolve(CURRENT))) {
            return false;
        }
        return CREATING.equals(incomplete()) || isEmpty();
    }

    boolean isEmpty() throws IOException {
        if (!Files.exists(root)) {
            return true;
        }
        return Disk.children(root).stream().allMatch(child -> child.endsWith(FolderLock.NAME));
    }

    /** Refuses a folder that holds files of somebody else's, or a storage. */
    void checkEmpty() throws IOException {
        if (!isEmpty()) {
            throw new FileAlreadyExistsException(root + " holds other files");
        }
    }

    /** Notes that the storage is not whole until {@link #publish}; whatever is left of an earlier one goes away. */
    Path begin(String what) throws IOException {
        Disk.write(root.resolve(INCOMPLETE), what.getBytes(StandardCharsets.UTF_8));
        Disk.syncFolder(root);
        Files.deleteIfExists(root.resolve(CURRENT));
        for (Path generation : generations()) {
            Disk.deleteTree(generation);
        }
        return root.resolve(FIRST);
    }

    /** Makes a generation, which must be on disk as a whole, the one that lives. */
    void publish(String generation) throws IOException {
        Disk.syncFolder(root);
        String text = "esdb-rocks " + FORMAT + "\n" + generation + "\n";
        byte[] content = (text + "crc32c " + crc(text) + "\n").getBytes(StandardCharsets.UTF_8);
        Disk.replace(root.resolve(CURRENT), content);
        Files.deleteIfExists(root.resolve(INCOMPLETE));
        Disk.syncFolder(root);
    }

    /** The folder of the generation that lives; CORRUPT or TOO_NEW if that cannot be told. */
    Path live() throws IOException {
        Path current = root.resolve(CURRENT);
        if (!Files.exists(current)) {
            String why = incomplete();
            throw RocksErrors.corrupt(
                    why.isEmpty() ? current + " is missing" : why + " was interrupted here, drop it: " + root);
        }
        Path generation = root.resolve(parse(current, Files.readAllBytes(current)));
        if (!Files.isDirectory(generation)) {
            throw RocksErrors.corrupt(generation + " is missing");
        }
        return generation;
    }

    /** Where the generation after the one that lives belongs; nothing is there. */
    Path next(Path live) throws IOException {
        tidy(live);
        long number = Long.parseLong(live.getFileName().toString().substring(GENERATION.length()));
        return root.resolve(GENERATION + (number + 1));
    }

    /** Removes what interrupted work left beside the generation that lives. */
    void tidy(Path live) throws IOException {
        Files.deleteIfExists(root.resolve(INCOMPLETE));
        for (Path generation : generations()) {
            if (!generation.equals(live)) {
                Disk.deleteTree(generation);
            }
        }
    }

    /** Removes the storage; foreign files, and the folder if it has some, stay. */
    void remove() throws IOException {
        begin(DROPPING);
        Files.deleteIfExists(root.resolve(INCOMPLETE));
        Files.deleteIfExists(root.resolve(FolderLock.NAME));
        if (Disk.children(root).isEmpty()) {
            Files.delete(root);
        }
    }

    private static String parse(Path current, byte[] content) {
        Matcher whole = CONTENT.matcher(new String(content, StandardCharsets.UTF_8));
        if (!whole.matches() || !crc(whole.group(1)).equals(whole.group(3))) {
            throw RocksErrors.corrupt(current + " is damaged");
        }
        int format = Integer.parseInt(whole.group(2));
        if (format > FORMAT) {
            String message = current + " says format " + format + ", this version knows " + FORMAT;
            throw new StorageException(Kind.TOO_NEW, message, null);
        }
        Matcher live = LIVE.matcher(whole.group(1));
        if (!live.matches()) {
            throw RocksErrors.corrupt(current + " names no generation");
        }
        return live.group(1);
    }

    private String incomplete() throws IOException {
        Path file = root.resolve(INCOMPLETE);
        return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    }

    private List<Path> generations() {
        try {
            if (!Files.isDirectory(root)) {
                return List.of();
            }
            return Disk.children(root).stream()
                    .filter(child -> child.getFileName().toString().startsWith(GENERATION))
                    .toList();
        } catch (IOException e) {
            throw RocksErrors.of("listing " + root, e);
        }
    }

    private static String crc(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
