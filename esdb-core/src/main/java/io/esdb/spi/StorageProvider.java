package io.esdb.spi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Opens storages. An implementation is found by {@link java.util.ServiceLoader} or given to the builder of {@code
 * EventStores}. Safe to use from any thread.
 */
public interface StorageProvider {
    /**
     * Opens the storage in a folder, or makes one there if the folder is missing or empty.
     *
     * @throws StorageException of kind LOCKED if it is open already, in this process or another one; CORRUPT if it
     *     lost what it had promised to keep, or its files do not fit together; TOO_NEW; IO
     */
    Storage open(Path folder, WriteMode mode);

    /** Whether a folder holds a storage of this kind, in whatever condition. */
    boolean exists(Path folder);

    /**
     * The names of the folders directly below this one that hold a storage of this kind, sorted; none if the folder is
     * missing.
     */
    default List<String> names(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(this::exists)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StorageException(StorageException.Kind.IO, "cannot list " + root, e);
        }
    }

    /**
     * Copies an image (see {@link Storage#image}) into a folder that is missing or empty, ready to be opened. The
     * image stays as it is.
     */
    void restore(Path image, Path folder);

    /**
     * Removes a storage with all its files. It must be closed.
     *
     * @throws StorageException of kind LOCKED if it is open
     */
    void drop(Path folder);
}
