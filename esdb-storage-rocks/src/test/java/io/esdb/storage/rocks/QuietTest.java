package io.esdb.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.esdb.spi.Storage;
import io.esdb.spi.WriteMode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class QuietTest {
    private static final RocksStorageProvider PROVIDER = new RocksStorageProvider();

    @TempDir
    Path temp;

    @Test
    void healthyUseLogsNoWarning() {
        Logger logger = (Logger) LoggerFactory.getLogger(QuietTest.class.getPackageName());
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        logger.addAppender(logged);
        try {
            for (WriteMode mode : WriteMode.values()) {
                useOf(temp.resolve(mode.name()), mode);
            }
        } finally {
            logger.detachAppender(logged);
        }
        List<ILoggingEvent> warnings = logged.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .toList();
        assertThat(warnings).isEmpty();
    }

    private static void useOf(Path folder, WriteMode mode) {
        for (int i = 0; i < 3; i++) {
            try (Storage storage = PROVIDER.open(folder.resolve("store"), mode)) {
                Filling.commits(storage, 100 * i, 100 * (i + 1), 1_000);
                storage.sync();
                assertThat(storage.verify()).isEmpty();
                assertThat(storage.diskBytes()).isPositive();
                storage.image(folder.resolve("image" + i));
            }
        }
        PROVIDER.restore(folder.resolve("image0"), folder.resolve("restored"));
        PROVIDER.drop(folder.resolve("store"));
        assertThat(folder.resolve("store")).doesNotExist();
    }
}
