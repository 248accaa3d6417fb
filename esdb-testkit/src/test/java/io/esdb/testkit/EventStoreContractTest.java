package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.host.EventStores;
import io.esdb.spi.Branch;
import io.esdb.spi.ReadView;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The contract refuses stores on storages that break a promise. */
class EventStoreContractTest {

    @Test
    void aStoreThatForgetsIsRefused() {
        LaunchedTests run = LaunchedTests.run(Forgetful.class);

        assertThat(run.failed())
                .anyMatch(test -> test.contains("method:everythingIsThereAfterReopening"))
                .anyMatch(test -> test.contains("method:aRetryGetsTheFirstAnswerAfterReopeningAndLongAfter"))
                .anyMatch(test -> test.contains("method:closingUnderLoadLosesNothingThatWasAnswered"));
        assertThat(run.passed()).isPositive();
    }

    @Test
    void aStoreThatLosesItsIndexIsRefused() {
        LaunchedTests run = LaunchedTests.run(WithoutIndex.class);

        assertThat(run.failed())
                .anyMatch(test -> test.contains("method:aRetryGetsTheFirstAnswerUnderEveryExpectation"))
                .anyMatch(test -> test.contains("test-factory:queriesFindWhatMatches"));
    }

    abstract static class OnBrokenStorage extends EventStoreContract {
        private final StorageProvider provider = provider();

        abstract StorageProvider provider();

        @Override
        protected EventStores open(Path root, ManualClock clock) {
            return EventStores.at(root).storage(provider).clock(clock).open();
        }
    }

    static class Forgetful extends OnBrokenStorage {
        @Override
        StorageProvider provider() {
            return new BrokenProvider() {
                @Override
                void closed(Path folder) {
                    drop(folder);
                }
            };
        }
    }

    static class WithoutIndex extends OnBrokenStorage {
        @Override
        StorageProvider provider() {
            return new BrokenProvider() {
                @Override
                ReadView view(Storage storage) {
                    return new HandedOn(storage.view()) {
                        @Override
                        public byte[] get(Branch branch, byte[] key) {
                            return branch == Branch.INDEX ? null : view.get(branch, key);
                        }
                    };
                }
            };
        }
    }
}
