package io.esdb.storage.rocks.store;

import io.esdb.spi.Branch;
import io.esdb.spi.Storage;
import io.esdb.spi.WriteBatch;
import io.esdb.spi.WriteMode;
import io.esdb.storage.rocks.RocksStorageProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Installs two images in turn, and commits after each, until it is killed. */
final class InstallingChild {
    private InstallingChild() {}

    /** @param arguments folder of the storage, its mode, the images */
    public static void main(String[] arguments) {
        Reports reports = Reports.take();
        Path one = Path.of(arguments[2]);
        Path two = Path.of(arguments[3]);
        reports.tell("opening");
        try (Storage storage =
                new RocksStorageProvider().open(Path.of(arguments[0]), WriteMode.valueOf(arguments[1]))) {
            while (true) {
                install(storage, one);
                reports.tell("installed " + one);
                install(storage, two);
                reports.tell("installed " + two);
            }
        }
    }

    private static void install(Storage storage, Path image) {
        storage.install(image);
        WriteBatch batch = new WriteBatch();
        byte[] key = "after".getBytes(StandardCharsets.UTF_8);
        batch.put(Branch.META, key, key);
        storage.commit(batch);
    }
}
