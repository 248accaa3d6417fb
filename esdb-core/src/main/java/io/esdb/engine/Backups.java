package io.esdb.engine;

import io.esdb.BackupInfo;
import io.esdb.InvalidInput;
import io.esdb.StoreCorrupt;
import io.esdb.StoreFailed;
import io.esdb.VerifyReport;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageException;
import io.esdb.spi.StorageProvider;
import io.esdb.spi.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Takes backups, looks at them, and brings them back. A backup is an image of the storage and can be opened as such. */
public final class Backups {
    private final String store;
    private final StorageProvider provider;

    /** @param store the name to report failures under */
    public Backups(String store, StorageProvider provider) {
        this.store = store;
        this.provider = provider;
    }

    BackupInfo take(Storage storage, Path folder) {
        if (provider.exists(folder)) {
            throw new InvalidInput("folder", "must be missing or empty, holds a backup or a store: " + folder);
        }
        makeRoom(folder);
        return Failures.translated(store, () -> {
            storage.image(folder);
            return inspectOrDrop(folder);
        });
    }

    /** Copies a backup into a folder that is missing or empty, and checks the copy. */
    public BackupInfo restore(Path backup, Path folder) {
        if (!provider.exists(backup)) {
            throw new InvalidInput("backup", "must be a folder with a backup, was " + backup);
        }
        return Failures.translated(store, () -> {
            provider.restore(backup, folder);
            return inspectOrDrop(folder);
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

    private void makeRoom(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new InvalidInput("folder", "must be missing or empty, was " + folder);
            }
        } catch (IOException e) {
            throw new InvalidInput("folder", "must be a folder that can be read, was " + folder + ": " + e);
        }
        try {
            Files.delete(folder);
        } catch (IOException e) {
            throw new StoreFailed(store, "cannot replace the empty folder " + folder, e);
        }
    }
}
