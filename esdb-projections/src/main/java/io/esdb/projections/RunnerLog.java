package io.esdb.projections;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What is logged of one version of a projection.
 *
 * @param store the store's name
 * @param name the projection's
 * @param version the version
 */
record RunnerLog(String store, String name, int version) {
    private static final Logger LOG = LoggerFactory.getLogger(Projections.class);

    void begins(long term, long place) {
        line(Level.INFO).addKeyValue("term", term).addKeyValue("place", place).log("a projection runs");
    }

    void undefined() {
        line(Level.WARN).log("a projection is to run, and its version is not defined on the leader");
    }

    void ended(String reason) {
        line(Level.INFO).addKeyValue("reason", reason).log("a projection does not run here any more");
    }

    void failed(long position, boolean stops, Throwable failure) {
        line(stops ? Level.ERROR : Level.WARN)
                .addKeyValue("position", position)
                .setCause(failure)
                .log(
                        stops
                                ? "a projection's function failed, it stops"
                                : "a projection's function failed, it tries again");
    }

    void troubled(Throwable failure) {
        line(Level.WARN).setCause(failure).log("a projection cannot go on and tries again");
    }

    void recovered() {
        line(Level.INFO).log("a projection goes on again");
    }

    void switched(int from) {
        line(Level.INFO).addKeyValue("from", from).log("a projection is read in a new version");
    }

    private LoggingEventBuilder line(Level level) {
        return LOG.atLevel(level)
                .addKeyValue("store", store)
                .addKeyValue("projection", name)
                .addKeyValue("version", version);
    }
}
