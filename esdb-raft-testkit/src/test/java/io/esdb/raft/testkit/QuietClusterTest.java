package io.esdb.raft.testkit;

import static io.esdb.raft.testkit.Replicas.append;
import static io.esdb.raft.testkit.Replicas.assertEqual;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** With the levels that docs/cluster.md names, a cluster in which nothing is wrong has nothing to say. */
class QuietClusterTest {
    private static final String STORE = "orders";
    /** Longer than a busy machine makes a leader wait for its followers: it shall lead until it is stopped. */
    private static final Duration PATIENT = Duration.ofSeconds(3);

    private static final List<String> EXPECTED = List.of(
            "WARN org.apache.ratis.server.RaftServer\\$Division \\S+: Failed to recognize \\w+ as leader for (APPEND_ENTRIES|startLeaderElection)"
                    + " since peerTerm = \\d+ < currentTerm = \\d+",
            "(?s)WARN org.apache.ratis.util.JvmPauseMonitor .*",
            "WARN org.apache.ratis.server.impl.FollowerState Unexpected long sleep: .*");

    private static final Map<String, Level> LEVELS = Map.of(
            org.slf4j.Logger.ROOT_LOGGER_NAME,
            Level.INFO,
            "org.apache.ratis",
            Level.WARN,
            "org.apache.ratis.grpc.GrpcUtil",
            Level.ERROR,
            "org.apache.ratis.grpc.server.GrpcLogAppender",
            Level.ERROR,
            "org.apache.ratis.grpc.server.GrpcServerProtocolService",
            Level.ERROR);

    @TempDir
    private Path temp;

    private final ListAppender<ILoggingEvent> slf4j = new ListAppender<>();
    private final Queue<LogRecord> jdk = new ConcurrentLinkedQueue<>();
    private final Map<Logger, Level> before = new LinkedHashMap<>();
    private final java.util.logging.Logger jdkRoot = java.util.logging.Logger.getLogger("");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            jdk.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LEVELS.forEach((name, level) -> {
            Logger logger = (Logger) LoggerFactory.getLogger(name);
            before.put(logger, logger.getLevel());
            logger.setLevel(level);
        });
        slf4j.start();
        root().addAppender(slf4j);
        jdkRoot.addHandler(handler);
    }

    @AfterEach
    void restore() {
        root().detachAppender(slf4j);
        jdkRoot.removeHandler(handler);
        before.forEach(Logger::setLevel);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Test
    void starting_appending_reopening_restarting_and_closing_are_not_worth_a_word() {
        try (LocalCluster cluster = Replicas.start(temp, options -> options.withTimeouts(PATIENT, Replicas.PATIENCE))) {
            cluster.open(STORE);
            for (int node = 0; node < 3; node++) {
                append(cluster.store(node, STORE), "s" + node, 5);
            }
            int leader = cluster.awaitLeader(STORE);
            cluster.store(leader, STORE).close();
            append(cluster.store(leader, STORE), "reopened", 5);
            int follower = Replicas.otherThan(cluster, cluster.awaitLeader(STORE));
            cluster.stop(follower);
            append(cluster.store(cluster.awaitLeader(STORE), STORE), "meanwhile", 5);
            cluster.restart(follower, STORE);
            append(cluster.store(follower, STORE), "restarted", 5);
            assertEqual(cluster, STORE);
            cluster.stop(0);
            cluster.stop(1);
            cluster.stop(2);
        }
        assertThat(warnings()).isEmpty();
        assertThat(jdk)
                .filteredOn(entry -> entry.getLevel().intValue() >= java.util.logging.Level.INFO.intValue())
                .extracting(LogRecord::getMessage)
                .isEmpty();
    }

    @Test
    void what_is_wrong_shows() {
        org.slf4j.Logger ratis = LoggerFactory.getLogger("org.apache.ratis.server.RaftServer$Division");
        ratis.error("on purpose");
        ratis.warn("n1@group-1: Lost leadership on term: 5");
        ratis.warn("n1@group-1: Failed to recognize n2 as leader for APPEND_ENTRIES since current leader is n3");
        java.util.logging.Logger.getLogger("org.apache.ratis.thirdparty.io.grpc.netty.X")
                .warning("on purpose");

        assertThat(warnings()).hasSize(3);
        assertThat(jdk).extracting(LogRecord::getMessage).contains("on purpose");
    }

    @Test
    void only_the_end_of_a_term_and_pauses_of_the_machine_may_be_told() {
        LoggerFactory.getLogger("org.apache.ratis.server.RaftServer$Division")
                .warn("n1@group-1: Failed to recognize n2 as leader for APPEND_ENTRIES since peerTerm = 1 <"
                        + " currentTerm = 2");
        LoggerFactory.getLogger("org.apache.ratis.util.JvmPauseMonitor").warn("Detected pause in JVM");

        assertThat(slf4j.list).hasSize(2);
        assertThat(warnings()).isEmpty();
    }

    /** All of other projects, and of ours from WARN on, but for what docs/cluster.md says a healthy cluster may tell. */
    private List<String> warnings() {
        return List.copyOf(slf4j.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN)
                        || !event.getLoggerName().startsWith("io.esdb"))
                .map(QuietClusterTest::text)
                .filter(text -> EXPECTED.stream().noneMatch(text::matches))
                .toList();
    }

    private static String text(ILoggingEvent event) {
        String failure = event.getThrowableProxy() == null
                ? ""
                : ": " + event.getThrowableProxy().getMessage();
        return event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage() + failure;
    }
}
