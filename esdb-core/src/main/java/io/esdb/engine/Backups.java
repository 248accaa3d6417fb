package io.esdb.engine;

import io.esdb.BackupInfo;
import io.esdb.InvalidInput;
import io.esdb.StoreCorrupt;
import io.esdb.VerifyReport;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageException;
import io.esdb.spi.StorageProvider;
import io.esdb.spi.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Takes backups, looks at them, and brings them back. A backup is an image of the storage and can be opened as such. */
public final class Backups {
    private final String store;
    private final StorageProvider provider;
    private final Path home;

    /**
     * @param store the name to report failures under
     * @param home the store's folder, whether it is there or not
     */
    public Backups(String store, StorageProvider provider, Path home) {
        this.store = store;
        this.provider = provider;
        this.home = home;
    }

    BackupInfo take(Storage storage, Path folder) {
        if (provider.exists(folder)) {
            throw new InvalidInput("folder", "must be missing or empty, holds a backup or a store: " + folder);
        }
        checkFree(folder);
        return Failures.translated(store, () -> {
            storage.image(folder);
            return inspectOrDrop(folder);
        });
    }

    /** Copies a backup into the store's folder, which is missing or empty, and checks the copy. */
    public BackupInfo restore(Path backup) {
        if (!provider.exists(backup)) {
            throw new InvalidInput("backup", "must be a folder with a backup, was " + backup);
        }
        return Failures.translated(store, () -> {
            provider.restore(backup, home);
            return inspectOrDrop(home);
        });
    }

    /** A copy that is no good goes away, so that its place is free for another one. */
    private BackupInfo inspectOrDrop(Path folder) {
        try {
            return inspect(folder);
        } catch (RuntimeException e) {
            try {
                provider.drop(folder);
            } catch (StorageException drop) {
                e.addSuppressed(drop);
            }
            throw e;
        }
    }

    private BackupInfo inspect(Path folder) {
        try (Storage copy = provider.open(folder, WriteMode.SYNC);
                StoreView view = StoreView.of(copy)) {
            OpenCheck.check(store, view);
            VerifyReport report = new Verifier(view, copy.verify()).verify();
            if (!report.isClean()) {
                throw new StoreCorrupt(folder.toString(), report.problems().get(0), null);
            }
            return new BackupInfo(
                    folder,
                    view.createdSettings().id(),
                    view.lastPosition(),
                    view.progress().applied().index(),
                    HexFormat.of().formatHex(view.progress().digest()));
        }
    }

    private void checkFree(Path folder) {
        if (real(folder).startsWith(real(home))) {
            throw new InvalidInput("folder", "must not lie in the folder of the store, was " + folder);
        }
        boolean nothing = !Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
        if (!nothing && !isEmpty(folder)) {
            throw new InvalidInput("folder", "must be missing or empty, was " + folder);
        }
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new InvalidInput("folder", "must be a folder that can be read, was " + folder + ": " + e);
        }
    }

    /** Where a path leads, as far as it is there. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path there = absolute;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        try {
            return there == null ? absolute : there.toRealPath().resolve(there.relativize(absolute));
        } catch (IOException e) { // it has just gone
            return absolute;
        }
    }
}
