package io.esdb.engine;

import io.esdb.spi.CommandLog;
import io.esdb.spi.LogConsumer;
import io.esdb.testkit.CommandLogContract;
import java.nio.file.Path;
import java.time.Duration;

/** Here because the core cannot see the contract, and the contract cannot see the log. */
class LocalCommandLogContractTest extends CommandLogContract {
    @Override
    protected CommandLog start(Path folder, LogConsumer consumer, Duration timeout) {
        return new LocalCommandLog("store", consumer, timeout);
    }
}
