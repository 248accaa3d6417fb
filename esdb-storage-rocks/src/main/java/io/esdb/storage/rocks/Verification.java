package io.esdb.storage.rocks;

import io.esdb.spi.StorageException;
import io.esdb.spi.WriteMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Checks the files of an open database and tells what is wrong in words. */
final class Verification {
    private static final int MOST_FINDINGS = 100;

    private final StoreFolder folder;
    private final RocksDatabase database;
    private final WriteMode mode;
    private final List<String> findings = new ArrayList<>();

    Verification(StoreFolder folder, RocksDatabase database, WriteMode mode) {
        this.folder = folder;
        this.database = database;
        this.mode = mode;
    }

    List<String> findings() {
        check("names", this::checkLive);
        check("mark", () -> HighWaterMark.read(database.folder().resolve(StoreFolder.MARK)));
        check("manifest", this::checkManifest);
        check("table files", this::checkTables);
        check("journal", this::checkJournal);
        check("checksums", () -> database.db().verifyChecksum());
        return List.copyOf(findings.subList(0, Math.min(findings.size(), MOST_FINDINGS)));
    }

    private void checkLive() throws IOException {
        if (!folder.live().equals(database.folder())) {
            findings.add(StoreFolder.CURRENT + " names " + folder.live() + ", but " + database.folder() + " is open");
        }
    }

    private void checkManifest() throws IOException, RocksDBException {
        Path current = database.folder().resolve("CURRENT");
        String manifest = Files.readString(current, StandardCharsets.UTF_8).strip();
        if (!Files.exists(database.folder().resolve(manifest))) {
            findings.add(current + " names " + manifest + ", which is missing");
        }
        try (Options options = new Options()) {
            RocksDB.listColumnFamilies(options, database.folder().toString());
        }
    }

    private void checkTables() throws IOException {
        for (LiveFileMetaData file : database.db().getLiveFilesMetaData()) {
            Path path = Path.of(file.path(), file.fileName());
            long size = size(path);
            // Merging may have removed it since; then it is no longer among those that count.
            if (size != file.size() && isLive(file)) {
                findings.add(path + " should have " + file.size() + " bytes, and "
                        + (size < 0 ? "is missing" : "has " + size));
            }
        }
    }

    /** -1 if it is not there: it may go at any time. */
    private static long size(Path path) throws IOException {
        try {
            return Files.size(path);
        } catch (NoSuchFileException e) {
            return -1;
        }
    }

    private void checkJournal() throws IOException {
        if (mode != WriteMode.UNLOGGED) {
            new JournalCheck(database.folder(), database::storedCommits).run(database.commits());
        }
    }

    private boolean isLive(LiveFileMetaData file) {
        return database.db().getLiveFilesMetaData().stream()
                .anyMatch(live -> live.fileName().equals(file.fileName()));
    }

    private void check(String what, Check check) {
        try {
            check.run();
        } catch (IOException | RocksDBException | StorageException e) {
            findings.add(what + ": " + e.getMessage());
        }
    }

    @FunctionalInterface
    private interface Check {
        void run() throws IOException, RocksDBException;
    }
}
