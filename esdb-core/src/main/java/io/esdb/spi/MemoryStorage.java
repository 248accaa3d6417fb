package io.esdb.spi;

import io.esdb.spi.StorageException.Kind;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A storage in memory, open. */
final class MemoryStorage implements Storage {
    private final MemoryStorageProvider provider;
    private final Path folder;
    private final WriteMode mode;
    private final Set<MemoryView> views = new HashSet<>();
    private volatile MemoryData data;
    private boolean failed;
    private volatile boolean closed;

    MemoryStorage(MemoryStorageProvider provider, Path folder, WriteMode mode, MemoryData data) {
        this.provider = provider;
        this.folder = folder;
        this.mode = mode;
        this.data = data;
    }

    @Override
    public synchronized ReadView view() {
        checkOpen();
        MemoryView view = new MemoryView(this, data, data.pin());
        views.add(view);
        return view;
    }

    @Override
    public synchronized void commit(WriteBatch batch) {
        checkWritable();
        data.commit(batch, mode == WriteMode.SYNC);
    }

    @Override
    public synchronized void sync() {
        checkWritable();
        data.sync();
    }

    @Override
    public synchronized void recover() {
        checkOpen();
        Kind fault = failed ? provider.fault(folder) : null;
        if (fault != null) {
            throw failure(fault);
        }
        failed = false;
    }

    @Override
    public void image(Path target) {
        checkOpen();
        provider.add(target, data.copy());
        checkOpen();
    }

    @Override
    public void install(Path image) {
        checkOpen();
        replaceBy(provider.contentOf(image));
    }

    @Override
    public List<String> verify() {
        checkOpen();
        return List.of();
    }

    @Override
    public long diskBytes() {
        checkOpen();
        return 0;
    }

    @Override
    public void close() {
        if (end(() -> data.sync())) {
            provider.closed(folder);
        }
    }

    /** Closes without a sync: what was not synced is lost. */
    void crash() {
        if (end(() -> data.crash())) {
            provider.closed(folder);
        }
    }

    void checkOpen() {
        if (closed) {
            throw new StorageException(Kind.CLOSED, "the storage in " + folder + " is closed", null);
        }
    }

    synchronized void release(MemoryView view) {
        if (view.end() && views.remove(view)) {
            view.unpin();
        }
    }

    /** Views that are open keep the old content. */
    private synchronized void replaceBy(MemoryData content) {
        checkOpen();
        Kind fault = provider.fault(folder);
        if (fault != null) {
            throw failure(fault);
        }
        provider.replace(folder, content);
        data = content;
        failed = false;
    }

    private synchronized boolean end(Runnable last) {
        if (closed) {
            return false;
        }
        closed = true;
        List.copyOf(views).forEach(this::release);
        last.run();
        return true;
    }

    private void checkWritable() {
        checkOpen();
        if (failed) {
            throw new StorageException(Kind.UNAVAILABLE, "a commit to " + folder + " failed before", null);
        }
        Kind fault = provider.fault(folder);
        if (fault != null) {
            failed = true;
            throw failure(fault);
        }
    }

    private StorageException failure(Kind fault) {
        return new StorageException(fault, "made to fail: " + folder, null);
    }
}
