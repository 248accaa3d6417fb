package io.esdb.subscriptions.persistent;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Keeps what is logged of pools and consumers until it is closed. */
final class LogOfPools implements AutoCloseable {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(PersistentSubscriptions.class);

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
        }
    };

    LogOfPools() {
        appender.start();
        LOGGER.setLevel(Level.INFO);
        LOGGER.setAdditive(false);
        LOGGER.addAppender(appender);
    }

    /** The lines so far that contain a text. */
    List<String> lines(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    @Override
    public void close() {
        LOGGER.detachAppender(appender);
        LOGGER.setAdditive(true);
        LOGGER.setLevel(null);
    }
}
