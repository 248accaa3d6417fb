package io.esdb.raft;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Some of what Ratis brings along does not log by SLF4J, and its news are no news to anybody. Warnings still show. */
final class QuietLoggers {
    /** Held, because the JDK forgets the level of a logger that nobody holds. */
    private static final List<Logger> LOGGERS = List.of(
            Logger.getLogger("org.apache.ratis.thirdparty.io.grpc"),
            Logger.getLogger("org.apache.ratis.thirdparty.io.netty"));

    private QuietLoggers() {}

    /** A level that the application has set stays. */
    static void set() {
        for (Logger logger : LOGGERS) {
            if (logger.getLevel() == null) {
                logger.setLevel(Level.WARNING);
            }
        }
    }
}
