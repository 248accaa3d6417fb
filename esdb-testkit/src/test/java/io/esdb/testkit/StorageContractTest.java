package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.Direction;
import io.esdb.spi.Branch;
import io.esdb.spi.Cursor;
import io.esdb.spi.ReadView;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageProvider;
import io.esdb.spi.WriteBatch;
import io.esdb.spi.WriteMode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The contract refuses storages that break a promise, and names the promise. */
class StorageContractTest {

    @Test
    void aSoundStorageIsAccepted() {
        LaunchedTests run = LaunchedTests.run(Sound.class);

        assertThat(run.failed()).isEmpty();
        assertThat(run.passed()).isGreaterThan(80);
    }

    @Test
    void aStorageThatLosesDeletesIsRefused() {
        assertRefused(LosesDeletes.class, "aDeletedKeyIsGoneFromReadsAndScans", "theLaterWriteOfABatchWins");
    }

    @Test
    void aStorageThatReordersWritesIsRefused() {
        assertRefused(ReordersWrites.class, "theLaterWriteOfABatchWins");
    }

    @Test
    void aStorageThatTearsBatchesIsRefused() {
        assertRefused(TearsBatches.class, "readersSeeWholeBatchesOnly");
    }

    @Test
    void aStorageWithViewsThatAreNotFrozenIsRefused() {
        assertRefused(ThawedViews.class, "aViewIsFrozen", "aViewKeepsWhatIsDeletedLater", "eachViewSeesItsOwnMoment");
    }

    @Test
    void aStorageThatWalksTheWrongWayIsRefused() {
        assertRefused(WrongWay.class, "keysAreInUnsignedOrder", "everyWalkEqualsThatOfASortedMap");
    }

    @Test
    void aStorageThatForgetsBoundsIsRefused() {
        assertRefused(Unbounded.class, "aScanStaysInsideItsPrefix", "aPrefixThatEndsInHighestBytesIsBounded");
    }

    @Test
    void aStorageThatSortsWhatWasAskedIsRefused() {
        assertRefused(SortsAnswers.class, "eventsAreGivenInTheOrderAsked");
    }

    @Test
    void aStorageThatStaysOpenIsRefused() {
        assertRefused(StaysOpen.class, "everyCallAfterCloseIsRefused", "closingTheStorageEndsViewsThatWereForgotten");
    }

    @Test
    void aStorageWithEmptyImagesIsRefused() {
        assertRefused(EmptyImages.class, "anImageHoldsTheMomentItWasTaken", "aRestoredCopyLeavesTheImageAsItIs");
    }

    @Test
    void aStorageThatInstallsNothingIsRefused() {
        assertRefused(
                InstallsNothing.class,
                "anInstallReplacesEverything",
                "commitsGoOnAfterAnInstall",
                "anImageOfNothingLeavesNothing",
                "whatIsNoImageIsRefused");
    }

    @Test
    void aStorageThatInstallsBitByBitIsRefused() {
        assertRefused(InstallsBitByBit.class, "readersSeeTheOldContentOrTheNewOne");
    }

    private static void assertRefused(Class<?> contract, String... promises) {
        LaunchedTests run = LaunchedTests.run(contract);
        for (String promise : promises) {
            assertThat(run.failed())
                    .as("failed tests")
                    .anyMatch(test -> test.contains("method:" + promise) || test.contains("test-factory:" + promise));
        }
        assertThat(run.passed()).as("promises that were kept").isPositive();
    }

    static class Sound extends StorageContract {
        @Override
        protected StorageProvider provider() {
            return new BrokenProvider();
        }
    }

    static class LosesDeletes extends StorageContract {
        @Override
        protected StorageProvider provider() {
            return new BrokenProvider() {
                @Override
                void commit(Storage storage, WriteBatch batch) {
                    WriteBatch puts = new WriteBatch();
                    batch.replay(new WithoutDeletes(puts));
                    storage.commit(puts);
                }
            };
        }
    }

    static class ReordersWrites extends StorageContract {
        @Override
        protected StorageProvider provider() {
            return new BrokenProvider() {
                @Override
                void commit(Storage storage, WriteBatch batch) {
                    WriteBatch deletesLast = new WriteBatch();
                    batch.replay(new WithoutDeletes(deletesLast));
                    batch.replay(new OnlyDeletes(deletesLast));
                    storage.commit(deletesLast);
                }
            };
        }
    }

    /** Tears one batch, as soon as another thread looks. */
    static class TearsBatches extends StorageContract {
        @Override
        protected StorageProvider provider() {
            long writer = Thread.currentThread().getId();
            CountDownLatch otherReads = new CountDownLatch(1);
            CountDownLatch halfIsSeen = new CountDownLatch(1);
            AtomicBoolean torn = new AtomicBoolean();
            AtomicBoolean half = new AtomicBoolean();
            return new BrokenProvider() {
                @Override
                void commit(Storage storage, WriteBatch batch) {
                    if (otherReads.getCount() > 0 || torn.getAndSet(true)) {
                        storage.commit(batch);
                        return;
                    }
                    WriteBatch events = new WriteBatch();
                    batch.replay(new OnlyEvents(events));
                    storage.commit(events);
                    half.set(true);
                    awaitOneMinute(halfIsSeen);
                    storage.commit(batch);
                }

                @Override
                ReadView view(Storage storage) {
                    boolean seesHalf = half.get();
                    ReadView view = storage.view();
                    if (Thread.currentThread().getId() != writer) {
                        otherReads.countDown();
                        if (seesHalf) {
                            halfIsSeen.countDown();
                        }
                    }
                    return view;
                }
            };
        }
    }

    private static void awaitOneMinute(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static class ThawedViews extends StorageContract {
        @Override
        protected StorageProvider provider() {
            return new BrokenProvider() {
                @Override
                ReadView view(Storage storage) {
                    return new HandedOn(storage.view()) {
                        @Override
                        public byte[] get(Branch branch, byte[] key) {
                            view.get(branch, key);
                            try (ReadView now = storage.view()) {
                                return now.get(branch, key);
                            }
                        }
                    };
                }
            };
        }
    }

    static class WrongWay extends StorageContract {
        @Override
        protected StorageProvider provider() {
            return new BrokenProvider() {
                @Override
                ReadView view(Storage storage) {
                    return new HandedOn(storage.view()) {
                        @Override
                        public Cursor scan(Branch branch, byte[] prefix, byte[] from, Direction direction) {
                            return view.scan(branch, prefix, from, Direction.FORWARD);
                        }
                    };
                }
            };
        }
    }

    static class Unbounded extends StorageContract {
        @Override
        protected StorageProvider provider() {
            return new BrokenProvider() {
                @Override
                ReadView view(Storage storage) {
                    return new HandedOn(storage.view()) {
                        @Override
                        public Cursor scan(Branch branch, byte[] prefix, byte[] from, Direction direction) {
                            boolean fromPrefix = from == null && direction == Direction.FORWARD;
                            return view.scan(branch, new byte[0], fromPrefix ? prefix : from, direction);
                        }
                    };
                }
            };
        }
    }

    static class SortsAnswers extends StorageContract {
        @Override
        protected StorageProvider provider() {
            return new BrokenProvider() {
                @Override
                ReadView view(Storage storage) {
                    return new HandedOn(storage.view()) {
                        @Override
                        public byte[][] events(long[] positions) {
                            long[] sorted = positions.clone();
                            Arrays.sort(sorted);
                            return view.events(sorted);
                        }
                    };
                }
            };
        }
    }

    static class StaysOpen extends StorageContract {
        @Override
        protected StorageProvider provider() {
            return new BrokenProvider() {
                @Override
                void close(Storage storage) {
                    storage.sync();
                }
            };
        }
    }

    static class EmptyImages extends StorageContract {
        @Override
        protected StorageProvider provider() {
            return new BrokenProvider() {
                @Override
                void image(Storage storage, Path folder) {
                    open(folder, WriteMode.SYNC).close();
                }
            };
        }
    }

    static class InstallsNothing extends StorageContract {
        @Override
        protected StorageProvider provider() {
            return new BrokenProvider() {
                @Override
                void install(Storage storage, Path image) {
                    storage.sync();
                }
            };
        }
    }

    /** Between the old content and the new one there is one event more, until another thread has looked. */
    static class InstallsBitByBit extends StorageContract {
        @Override
        protected StorageProvider provider() {
            long writer = Thread.currentThread().getId();
            CountDownLatch halfIsSeen = new CountDownLatch(1);
            AtomicBoolean othersRead = new AtomicBoolean();
            AtomicBoolean half = new AtomicBoolean();
            return new BrokenProvider() {
                @Override
                void install(Storage storage, Path image) {
                    if (othersRead.get()) {
                        WriteBatch first = new WriteBatch();
                        first.event(0, new byte[] {'?'});
                        storage.commit(first);
                        half.set(true);
                        awaitOneMinute(halfIsSeen);
                    }
                    storage.install(image);
                }

                @Override
                ReadView view(Storage storage) {
                    boolean seesHalf = half.get();
                    ReadView view = storage.view();
                    if (Thread.currentThread().getId() != writer) {
                        othersRead.set(true);
                        if (seesHalf) {
                            halfIsSeen.countDown();
                        }
                    }
                    return view;
                }
            };
        }
    }

    private static class WithoutDeletes implements WriteBatch.Target {
        private final WriteBatch target;

        WithoutDeletes(WriteBatch target) {
            this.target = target;
        }

        @Override
        public void event(long position, byte[] record) {
            target.event(position, record);
        }

        @Override
        public void put(Branch branch, byte[] key, byte[] value) {
            target.put(branch, key, value);
        }

        @Override
        public void delete(Branch branch, byte[] key) {}
    }

    private static class OnlyDeletes implements WriteBatch.Target {
        private final WriteBatch target;

        OnlyDeletes(WriteBatch target) {
            this.target = target;
        }

        @Override
        public void event(long position, byte[] record) {}

        @Override
        public void put(Branch branch, byte[] key, byte[] value) {}

        @Override
        public void delete(Branch branch, byte[] key) {
            target.delete(branch, key);
        }
    }

    private static class OnlyEvents extends WithoutDeletes {
        OnlyEvents(WriteBatch target) {
            super(target);
        }

        @Override
        public void put(Branch branch, byte[] key, byte[] value) {}
    }
}
