package io.esdb.storage.rocks;

import static io.esdb.storage.rocks.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.Direction;
import io.esdb.spi.Branch;
import io.esdb.spi.Cursor;
import io.esdb.spi.ReadView;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageException;
import io.esdb.spi.StorageException.Kind;
import io.esdb.spi.WriteBatch;
import io.esdb.spi.WriteMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that a caller does wrong takes the process down, and all of it is told as what it is. */
class WrongUseTest {
    private static final byte[] WHOLE = {};
    private static final RocksStorageProvider PROVIDER =
            new RocksStorageProvider(RocksOptions.DEFAULT.withDrainTimeout(Duration.ofMillis(100)));

    @TempDir
    Path temp;

    private Storage storage;

    @BeforeEach
    void open() {
        storage = PROVIDER.open(temp.resolve("store"), WriteMode.BUFFERED);
        Filling.commits(storage, 0, 2_000, 100);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void everyCallAfterCloseIsRefused() {
        storage.close();
        storage.close();
        assertFails(Kind.CLOSED, storage::view);
        assertFails(Kind.CLOSED, () -> storage.commit(new WriteBatch()));
        assertFails(Kind.CLOSED, () -> storage.commit(Filling.batch(2_000, 10)));
        assertFails(Kind.CLOSED, storage::sync);
        assertFails(Kind.CLOSED, storage::recover);
        assertFails(Kind.CLOSED, () -> storage.image(temp.resolve("image")));
        assertFails(Kind.CLOSED, () -> storage.install(temp.resolve("image")));
        assertFails(Kind.CLOSED, storage::verify);
        assertFails(Kind.CLOSED, storage::diskBytes);
    }

    @Test
    void everyCallOnAClosedViewIsRefused() {
        ReadView view = storage.view();
        Cursor cursor = view.events(0, Direction.FORWARD);
        assertThat(cursor.next()).isTrue();
        view.close();
        view.close();
        assertFails(Kind.CLOSED, () -> view.event(0));
        assertFails(Kind.CLOSED, () -> view.events(new long[] {0, 1}));
        assertFails(Kind.CLOSED, () -> view.events(0, Direction.FORWARD));
        assertFails(Kind.CLOSED, () -> view.get(Branch.META, WHOLE));
        assertFails(Kind.CLOSED, () -> view.scan(Branch.META, WHOLE, null, Direction.FORWARD));
        assertFails(Kind.CLOSED, cursor::next);
        assertFails(Kind.CLOSED, cursor::key);
        assertFails(Kind.CLOSED, cursor::value);
        assertFails(Kind.CLOSED, () -> cursor.seek(WHOLE));
        cursor.close();
    }

    @Test
    void aCursorHasNoEntryBeforeTheFirstAndAfterTheLast() {
        try (ReadView view = storage.view();
                Cursor cursor = view.events(1_999, Direction.FORWARD)) {
            assertThatThrownBy(cursor::key).isInstanceOf(IllegalStateException.class);
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.next()).isFalse();
            assertThatThrownBy(cursor::value).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aPrefixThatIsTooShortIsRefused() {
        try (ReadView view = storage.view()) {
            assertThatThrownBy(() -> view.scan(Branch.INDEX, new byte[8], null, Direction.FORWARD))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void closingDoesNotWaitForeverForAForgottenView() {
        ReadView view = storage.view();
        Cursor cursor = view.events(0, Direction.FORWARD);
        storage.close();
        assertFails(Kind.CLOSED, () -> view.event(0));
        assertFails(Kind.CLOSED, cursor::next);
        assertFails(Kind.LOCKED, () -> PROVIDER.open(temp.resolve("store"), WriteMode.BUFFERED));
        view.close();
        cursor.close();
        storage = PROVIDER.open(temp.resolve("store"), WriteMode.BUFFERED);
        assertThat(Filling.contents(storage)).isNotEmpty();
    }

    @Test
    void readersInTheMiddleOfACloseEndOrAreRefused() throws Exception {
        AtomicLong reads = new AtomicLong();
        ExecutorService readers = Executors.newFixedThreadPool(4);
        List<Future<Kind>> ends = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ends.add(readers.submit(() -> readUntilRefused(reads)));
        }
        Awaitility.await().until(() -> reads.get() > 20);
        storage.close();
        for (Future<Kind> end : ends) {
            assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(Kind.CLOSED);
        }
        readers.shutdown();
        assertThat(readers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aViewClosedUnderItsReadersRefusesThem() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(4);
        for (int round = 0; round < 50; round++) {
            ReadView view = storage.view();
            AtomicLong reads = new AtomicLong();
            List<Future<Kind>> ends = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                ends.add(readers.submit(() -> getUntilRefused(view, reads)));
            }
            ends.add(readers.submit(() -> walkUntilRefused(view, reads)));
            Awaitility.await().until(() -> reads.get() > 10);
            view.close();
            for (Future<Kind> end : ends) {
                assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(Kind.CLOSED);
            }
        }
        readers.shutdown();
        assertThat(readers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anInterruptedThreadDoesNoHarm() {
        Thread.currentThread().interrupt();
        Filling.commits(storage, 2_000, 2_010, 100);
        storage.sync();
        storage.close();
        storage = PROVIDER.open(temp.resolve("store"), WriteMode.SYNC);
        Filling.commits(storage, 2_010, 2_020, 100);
        storage.image(temp.resolve("image"));
        Filling.commits(storage, 2_020, 2_030, 100);
        storage.install(temp.resolve("image"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(storage.verify()).isEmpty();
    }

    private Kind readUntilRefused(AtomicLong reads) {
        try {
            while (true) {
                try (ReadView view = storage.view();
                        Cursor cursor = view.scan(Branch.STREAMS, WHOLE, null, Direction.BACKWARD)) {
                    for (int i = 0; i < 500 && cursor.next(); i++) {
                        assertThat(cursor.value().remaining()).isEqualTo(8);
                    }
                    reads.incrementAndGet();
                }
            }
        } catch (StorageException e) {
            return e.kind();
        }
    }

    private static Kind getUntilRefused(ReadView view, AtomicLong reads) {
        try {
            while (true) {
                long position = reads.incrementAndGet() % 1_000;
                assertThat(view.events(new long[] {position, position + 500})[1])
                        .isNotNull();
            }
        } catch (StorageException e) {
            return e.kind();
        }
    }

    private static Kind walkUntilRefused(ReadView view, AtomicLong reads) {
        try (Cursor cursor = view.events(0, Direction.FORWARD)) {
            while (true) {
                if (!cursor.next()) {
                    cursor.seek(Keys.ofNumber(0));
                }
                reads.incrementAndGet();
            }
        } catch (StorageException e) {
            return e.kind();
        }
    }
}
