package io.esdb.testkit;

import io.esdb.Direction;
import io.esdb.spi.Branch;
import io.esdb.spi.Cursor;
import io.esdb.spi.MemoryStorageProvider;
import io.esdb.spi.ReadView;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageProvider;
import io.esdb.spi.WriteBatch;
import io.esdb.spi.WriteMode;
import java.nio.file.Path;
import java.util.List;

/** A sound storage that its subclasses break in one place. */
class BrokenProvider implements StorageProvider {
    private final MemoryStorageProvider sound = new MemoryStorageProvider();

    void commit(Storage storage, WriteBatch batch) {
        storage.commit(batch);
    }

    ReadView view(Storage storage) {
        return storage.view();
    }

    void image(Storage storage, Path folder) {
        storage.image(folder);
    }

    void install(Storage storage, Path image) {
        storage.install(image);
    }

    void close(Storage storage) {
        storage.close();
    }

    void closed(Path folder) {}

    @Override
    public Storage open(Path folder, WriteMode mode) {
        return new Broken(sound.open(folder, mode), folder);
    }

    @Override
    public boolean exists(Path folder) {
        return sound.exists(folder);
    }

    @Override
    public List<String> names(Path root) {
        return sound.names(root);
    }

    @Override
    public void restore(Path image, Path folder) {
        sound.restore(image, folder);
    }

    @Override
    public void drop(Path folder) {
        sound.drop(folder);
    }

    private final class Broken implements Storage {
        private final Storage storage;
        private final Path folder;

        Broken(Storage storage, Path folder) {
            this.storage = storage;
            this.folder = folder;
        }

        @Override
        public ReadView view() {
            return BrokenProvider.this.view(storage);
        }

        @Override
        public void commit(WriteBatch batch) {
            BrokenProvider.this.commit(storage, batch);
        }

        @Override
        public void sync() {
            storage.sync();
        }

        @Override
        public void recover() {
            storage.recover();
        }

        @Override
        public void image(Path folder) {
            BrokenProvider.this.image(storage, folder);
        }

        @Override
        public void install(Path image) {
            BrokenProvider.this.install(storage, image);
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
            BrokenProvider.this.close(storage);
            closed(folder);
        }
    }

    /** A view that hands everything on, for subclasses to change one thing. */
    static class HandedOn implements ReadView {
        final ReadView view;

        HandedOn(ReadView view) {
            this.view = view;
        }

        @Override
        public byte[] event(long position) {
            return view.event(position);
        }

        @Override
        public byte[][] events(long[] positions) {
            return view.events(positions);
        }

        @Override
        public Cursor events(long from, Direction direction) {
            return view.events(from, direction);
        }

        @Override
        public byte[] get(Branch branch, byte[] key) {
            return view.get(branch, key);
        }

        @Override
        public Cursor scan(Branch branch, byte[] prefix, byte[] from, Direction direction) {
            return view.scan(branch, prefix, from, direction);
        }

        @Override
        public void close() {
            view.close();
        }
    }
}
