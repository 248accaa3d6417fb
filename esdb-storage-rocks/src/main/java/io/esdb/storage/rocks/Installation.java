package io.esdb.storage.rocks;

import io.esdb.spi.StorageException;
import io.esdb.spi.StorageException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a generation made of an image in the place of the live one. It is made and opened beside the live one, so that
 * nothing has changed if that fails. One thread at a time, holding a lease.
 */
final class Installation {
    private static final Logger log = LoggerFactory.getLogger(Installation.class);

    private final StoreFolder folder;
    private final RecordCache records;
    private final Leases leases;
    private final Duration patience;

    /** Whether it is known which generation a crash leaves. */
    private boolean settled = true;

    /** @param patience how long to wait for open views to end */
    Installation(StoreFolder folder, RecordCache records, Leases leases, Duration patience) {
        this.folder = folder;
        this.records = records;
        this.leases = leases;
        this.patience = patience;
    }

    /** @param use makes the new generation the one that is read and written */
    void replace(Writer live, Path image, Consumer<Writer> use) throws IOException {
        settle(live);
        Writer next = prepare(live, image);
        try {
            swap(live, next, use);
        } catch (IOException | RuntimeException e) {
            next.discard();
            if (settled) {
                remove(next.generation().folder());
            }
            throw e;
        }
        live.discard();
        remove(live.generation().folder());
    }

    /** Makes the live generation the one that a crash leaves, if that is in doubt. */
    void settle(Writer live) throws IOException {
        if (!settled) {
            folder.publish(live.generation().name());
            folder.tidy(live.generation().folder());
            settled = true;
        }
    }

    /** A generation made of an image and opened, which nobody uses yet. */
    @SuppressWarnings("try") // the lock is only held
    Writer prepare(Writer live, Path image) throws IOException {
        Path fresh = folder.next(live.generation().folder());
        try (FolderLock source = FolderLock.takeToRead(image)) {
            Images.install(new StoreFolder(image), fresh);
            return new Writer(live.generation().in(fresh), new RecordEpochs(records));
        } catch (IOException | RuntimeException e) {
            remove(fresh);
            throw e;
        }
    }

    private void swap(Writer live, Writer next, Consumer<Writer> use) throws IOException {
        if (!leases.pause(patience, 1)) {
            throw new StorageException(Kind.UNAVAILABLE, "views are open, the content cannot be replaced", null);
        }
        try {
            publish(live, next);
            use.accept(next);
        } finally {
            leases.resume();
        }
    }

    /** Makes a generation the one that a crash leaves. If that fails, it is the live one again, or commits end. */
    private void publish(Writer live, Writer next) throws IOException {
        try {
            folder.publish(next.generation().name());
        } catch (IOException e) {
            takeBack(live, e);
            throw e;
        }
    }

    private void takeBack(Writer live, IOException cause) {
        Generation before = live.generation();
        settled = false;
        try {
            // A name that was not replaced is the one that was durable before.
            if (!folder.live().equals(before.folder())) {
                folder.publish(before.name());
            }
            settled = true;
        } catch (IOException | StorageException e) {
            cause.addSuppressed(e);
            live.refuse(RocksErrors.of("switching between generations of " + folder.root(), cause));
        }
    }

    private void remove(Path generation) {
        try {
            Disk.deleteTree(generation);
        } catch (IOException e) {
            log.atWarn().addKeyValue("generation", generation).setCause(e).log("a generation could not be removed");
        }
    }
}
