package io.esdb.spi;

import io.esdb.spi.StorageException.Kind;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps storages in memory, for as long as the provider lives: a storage that was closed can be opened again from the
 * same provider. Folders are names only; nothing is on disk, and an image is one more folder of the same provider.
 *
 * <p>Tests can hurt it: {@link #crash} loses what was not synced, {@link #failCommits} plays a disk that fails. Both
 * mean a folder and all that is below it. In the modes {@link WriteMode#BUFFERED} and {@link WriteMode#UNLOGGED} the
 * state of the last sync is kept for that besides the present one.
 */
public final class MemoryStorageProvider implements StorageProvider {
    private final Map<Path, MemoryData> stored = new HashMap<>();
    private final Map<Path, MemoryStorage> open = new HashMap<>();
    private final Map<Path, Kind> faults = new ConcurrentHashMap<>();

    /** A provider that keeps nothing yet. */
    public MemoryStorageProvider() {}

    @Override
    public synchronized Storage open(Path folder, WriteMode mode) {
        Path key = closedFolder(folder);
        MemoryData data = stored.computeIfAbsent(key, missing -> new MemoryData());
        MemoryStorage storage = new MemoryStorage(this, key, mode, data);
        open.put(key, storage);
        return storage;
    }

    @Override
    public synchronized boolean exists(Path folder) {
        return stored.containsKey(keyOf(folder));
    }

    @Override
    public synchronized List<String> names(Path root) {
        Path parent = keyOf(root);
        return stored.keySet().stream()
                .filter(folder -> parent.equals(folder.getParent()))
                .map(folder -> folder.getFileName().toString())
                .sorted()
                .toList();
    }

    @Override
    public synchronized void restore(Path image, Path folder) {
        add(folder, contentOf(image));
    }

    @Override
    public synchronized void drop(Path folder) {
        stored.remove(closedFolder(folder));
    }

    /**
     * Closes the storages of a folder as a crash of the machine does: in the modes that allow it, all commits after
     * the last sync are lost. A folder without an open storage stays as it is.
     */
    public void crash(Path folder) {
        openIn(keyOf(folder)).forEach(MemoryStorage::crash);
    }

    /**
     * From now on commits and syncs in a folder fail, the first with this kind, later ones with {@link
     * Kind#UNAVAILABLE}; {@link Storage#recover} and {@link Storage#install} fail with this kind as well. What fails is
     * not written.
     */
    public void failCommits(Path folder, Kind kind) {
        faults.put(keyOf(folder), kind);
    }

    /** Ends what {@link #failCommits} began: the next {@link Storage#recover} or {@link Storage#install} succeeds. */
    public void heal(Path folder) {
        faults.remove(keyOf(folder));
    }

    @Nullable
    Kind fault(Path folder) {
        for (Path above = folder; above != null; above = above.getParent()) {
            Kind fault = faults.get(above);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    /** A copy of what a storage holds, which must not be open. */
    synchronized MemoryData contentOf(Path image) {
        MemoryData data = stored.get(closedFolder(image));
        if (data == null) {
            throw new StorageException(Kind.IO, "no image in " + image, null);
        }
        return data.copy();
    }

    synchronized void replace(Path folder, MemoryData data) {
        stored.put(folder, data);
    }

    synchronized void add(Path folder, MemoryData data) {
        if (stored.putIfAbsent(keyOf(folder), data) != null) {
            throw new StorageException(Kind.IO, "there is a storage in " + folder + " already", null);
        }
    }

    synchronized void closed(Path folder) {
        open.remove(folder);
    }

    private synchronized List<MemoryStorage> openIn(Path folder) {
        return open.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(folder))
                .map(Map.Entry::getValue)
                .toList();
    }

    private Path closedFolder(Path folder) {
        Path key = keyOf(folder);
        if (open.containsKey(key)) {
            throw new StorageException(Kind.LOCKED, "the storage in " + folder + " is open", null);
        }
        return key;
    }

    private static Path keyOf(Path folder) {
        return folder.toAbsolutePath().normalize();
    }
}
