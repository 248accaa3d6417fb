package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.Direction;
import io.esdb.spi.Branch;
import io.esdb.spi.Cursor;
import io.esdb.spi.ReadView;
import io.esdb.spi.StorageException.Kind;
import io.esdb.spi.WriteBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a storage promises of frozen views. */
abstract class StorageViewContract extends StorageFixture {
    private static final String KEY = "000000000000000001";

    @Test
    void aViewIsFrozen() {
        writeEverywhere("old");
        try (ReadView view = storage.view()) {
            writeEverywhere("new");
            commit(batch -> {
                batch.event(1, utf8("later"));
                for (Branch branch : Branch.values()) {
                    batch.put(branch, bytes(KEY + "01"), utf8("later"));
                    batch.put(branch, bytes("00".repeat(9)), utf8("later"));
                }
            });

            assertSees(view, "old");
        }
        assertThat(event(1)).isEqualTo("later");
        assertThat(event(0)).isEqualTo("new");
    }

    @Test
    void aViewKeepsWhatIsDeletedLater() {
        writeEverywhere("old");
        try (ReadView view = storage.view()) {
            for (int round = 0; round < 3; round++) {
                commit(batch -> {
                    for (Branch branch : Branch.values()) {
                        batch.delete(branch, bytes(KEY));
                    }
                });
            }

            assertSees(view, "old");
        }
        assertThat(value(Branch.META, KEY)).isEqualTo("none");
    }

    @Test
    void aCommitSaysSoBeforeAnyViewSeesIt() {
        AtomicBoolean said = new AtomicBoolean();
        WriteBatch batch = new WriteBatch();
        batch.event(0, utf8("first"));

        storage.commit(batch, () -> {
            said.set(true);
            assertThat(event(0)).isEqualTo("none");
        });

        assertThat(said).isTrue();
        assertThat(event(0)).isEqualTo("first");
    }

    @Test
    void aCursorInTheMiddleOfItsWalkIsFrozen() {
        for (int i = 0; i < 10; i++) {
            putNumber(i, "old");
        }
        try (ReadView view = storage.view();
                Cursor cursor = view.scan(Branch.SNAPSHOTS, WHOLE, null, Direction.FORWARD)) {
            List<String> seen = new ArrayList<>();
            for (int i = 0; cursor.next(); i++) {
                seen.add(text(cursor.value()));
                int next = i + 1;
                commit(batch -> batch.delete(Branch.SNAPSHOTS, number(next)));
                putNumber(i + 20, "new");
            }

            assertThat(seen).hasSize(10).containsOnly("old");
        }
    }

    @Test
    void eachViewSeesItsOwnMoment() {
        List<ReadView> views = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            putNumber(7, "v" + i);
            views.add(storage.view());
        }
        putNumber(7, "last");

        for (int i = 0; i < 20; i += 2) {
            views.get(i).close();
        }
        putNumber(7, "very last");
        for (int i = 1; i < 20; i += 2) {
            assertThat(textOrNone(views.get(i).get(Branch.SNAPSHOTS, number(7))))
                    .isEqualTo("v" + i);
            views.get(i).close();
        }
    }

    @Test
    void aClosedViewRefusesEverything() {
        writeEverywhere("old");
        ReadView view = storage.view();
        Cursor cursor = view.events(0, Direction.FORWARD);
        view.close();
        view.close();

        assertRefusesAll(view);
        assertFails(Kind.CLOSED, cursor::next);
        cursor.close();
    }

    @Test
    void closingTheStorageEndsViewsThatWereForgotten() {
        writeEverywhere("old");
        ReadView view = storage.view();
        Cursor cursor = view.scan(Branch.META, WHOLE, null, Direction.FORWARD);
        assertThat(cursor.next()).isTrue();

        storage.close();

        assertRefusesAll(view);
        assertFails(Kind.CLOSED, cursor::next);
        cursor.close();
        view.close();
    }

    @Test
    void readersSeeWholeBatchesOnly() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(4);
        try {
            AtomicBoolean done = new AtomicBoolean();
            CountDownLatch enough = new CountDownLatch(1_000);
            writeEverywhere("0");
            List<Future<Long>> reads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                reads.add(readers.submit(() -> readWhile(done, enough)));
            }
            for (int i = 1; i <= 100 || (enough.getCount() > 0 && reads.stream().noneMatch(Future::isDone)); i++) {
                writeEverywhere("" + i);
            }
            done.set(true);

            for (Future<Long> read : reads) {
                assertThat(read.get()).isPositive();
            }
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    void oneViewServesSeveralThreads() throws Exception {
        writeEverywhere("old");
        ExecutorService readers = Executors.newFixedThreadPool(4);
        try (ReadView view = storage.view()) {
            List<Future<?>> reads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                reads.add(readers.submit(() -> {
                    for (int n = 0; n < 200; n++) {
                        assertThat(textOrNone(view.event(0))).isEqualTo("old");
                        assertThat(records(view, 1, 0)).containsExactly("none", "old");
                        assertThat(textOrNone(view.get(Branch.INDEX, bytes(KEY))))
                                .isEqualTo("old");
                    }
                }));
            }
            for (int n = 0; n < 100; n++) {
                writeEverywhere("new" + n);
            }
            for (Future<?> read : reads) {
                read.get();
            }
        } finally {
            readers.shutdownNow();
        }
    }

    private long readWhile(AtomicBoolean done, CountDownLatch enough) {
        long last = 0;
        long rounds = 0;
        do {
            try (ReadView view = storage.view()) {
                String seen = textOrNone(view.event(0));
                assertSees(view, seen);
                assertThat(Long.parseLong(seen)).as("a later view").isGreaterThanOrEqualTo(last);
                last = Long.parseLong(seen);
                rounds++;
                enough.countDown();
            }
        } while (!done.get());
        return rounds;
    }

    private void writeEverywhere(String value) {
        commit(batch -> {
            batch.event(0, utf8(value));
            for (Branch branch : Branch.values()) {
                batch.put(branch, bytes(KEY), utf8(value));
            }
        });
    }

    private static void assertSees(ReadView view, String value) {
        assertThat(textOrNone(view.event(0))).isEqualTo(value);
        assertThat(events(view.events(0, Direction.FORWARD))).containsExactly("0=" + value);
        assertThat(events(view.events(9, Direction.BACKWARD))).containsExactly("0=" + value);
        assertThat(records(view, 1, 0)).containsExactly("none", value);
        for (Branch branch : Branch.values()) {
            assertThat(textOrNone(view.get(branch, bytes(KEY)))).isEqualTo(value);
            assertThat(view.get(branch, bytes(KEY + "01"))).isNull();
            assertThat(entries(view.scan(branch, WHOLE, null, Direction.FORWARD)))
                    .containsExactly(KEY + "=" + value);
            assertThat(entries(view.scan(branch, bytes(KEY), null, Direction.BACKWARD)))
                    .containsExactly(KEY + "=" + value);
        }
    }

    private static void assertRefusesAll(ReadView view) {
        assertFails(Kind.CLOSED, () -> view.event(0));
        assertFails(Kind.CLOSED, () -> view.events(new long[] {0}));
        assertFails(Kind.CLOSED, () -> view.events(0, Direction.FORWARD));
        assertFails(Kind.CLOSED, () -> view.get(Branch.META, bytes(KEY)));
        assertFails(Kind.CLOSED, () -> view.scan(Branch.META, WHOLE, null, Direction.FORWARD));
    }

    private void putNumber(int number, String value) {
        commit(batch -> batch.put(Branch.SNAPSHOTS, number(number), utf8(value)));
    }

    private static byte[] number(int number) {
        return new byte[] {(byte) number};
    }
}
