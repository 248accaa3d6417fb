package io.esdb.engine;

import io.esdb.spi.ReadView;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageException;
import io.esdb.spi.WriteBatch;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Another storage whose syncs are counted, and whose views and commits can be made to fail. */
final class WatchedStorage implements Storage {
    private final Storage storage;
    private final AtomicInteger syncs = new AtomicInteger();
    private volatile StorageException viewFailure;
    private volatile boolean losesAnswer;
    private volatile Runnable onCommit = () -> {};

    WatchedStorage(Storage storage) {
        this.storage = storage;
    }

    int syncs() {
        return syncs.get();
    }

    /** From now on; null ends it. */
    void failViews(StorageException failure) {
        viewFailure = failure;
    }

    @Override
    public ReadView view() {
        StorageException failure = viewFailure;
        if (failure != null) {
            throw failure;
        }
        return storage.view();
    }

    /** The next commit is stored and reported as failed all the same. */
    void loseNextAnswer() {
        losesAnswer = true;
    }

    /** Runs within each commit, when the batch is stored already. */
    void onCommit(Runnable action) {
        onCommit = action;
    }

    @Override
    public void commit(WriteBatch batch) {
        storage.commit(batch);
        onCommit.run();
        if (losesAnswer) {
            losesAnswer = false;
            throw new StorageException(StorageException.Kind.IO, "stored, but nobody knows", null);
        }
    }

    @Override
    public void sync() {
        storage.sync();
        syncs.incrementAndGet();
    }

    @Override
    public void recover() {
        storage.recover();
    }

    @Override
    public void image(Path folder) {
        storage.image(folder);
    }

    @Override
    public void install(Path image) {
        storage.install(image);
    }

    @Override
    public List<String> verify() {
        return storage.verify();
    }

    @Override
    public long diskBytes() {
        return storage.diskBytes();
    }

    @Override
    public void close() {
        storage.close();
    }
}
