package io.esdb.raft.testkit;

import static io.esdb.raft.testkit.Replicas.append;
import static io.esdb.raft.testkit.Replicas.assertEqual;
import static io.esdb.raft.testkit.Replicas.otherThan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.InvalidInput;
import io.esdb.StoreUnavailable;
import io.esdb.raft.Member;
import io.esdb.raft.RaftNode;
import io.esdb.raft.RaftOptions;
import io.esdb.raft.Tls;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Who is talked to, and who is not. */
class SecurityTest {
    private static final String STORE = "orders";
    private static final String SECRET = "the price is 4711";

    @TempDir
    private static Path keys;

    private static TestCertificates authority;
    private static Tls foreign;

    @TempDir
    private Path temp;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestCertificates(keys.resolve("own"));
        for (String name : List.of("n1", "n2", "n3")) {
            authority.member(name);
        }
        foreign = new TestCertificates(keys.resolve("foreign")).member("n4");
    }

    @Test
    void a_cluster_with_mutual_tls_works_and_keeps_its_secrets() throws Exception {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        List<Logger> loggers = List.of(listened("io.esdb", logged), listened("org.apache.ratis", logged));
        RaftOptions[] options = new RaftOptions[1];
        try (LocalCluster cluster = Replicas.start(temp, node -> options[0] = withTls(node))) {
            cluster.open(STORE);
            EventData secret = EventData.bytes("priced", SECRET.getBytes(StandardCharsets.UTF_8));
            cluster.store(0, STORE).append("s", ExpectedRevision.any(), secret);
            int leader = cluster.awaitLeader(STORE);
            cluster.kill(leader);
            append(cluster.store(otherThan(cluster, leader), STORE), "s", 2);
            cluster.restart(leader, STORE);
            assertEqual(cluster, STORE);
        } finally {
            loggers.forEach(logger -> {
                logger.detachAppender(logged);
                logger.setAdditive(true);
                logger.setLevel(logger.getName().equals("io.esdb") ? null : Level.ERROR); // as in logback-test.xml
            });
        }
        List<String> said = new ArrayList<>(List.of(options[0].toString()));
        logged.list.forEach(line -> said.add(line.getFormattedMessage() + line.getKeyValuePairs()));
        String key = Files.readAllLines(keys.resolve("own").resolve("n1.key")).get(1);
        assertThat(said).hasSizeGreaterThan(1).noneMatch(line -> line.contains(key) || line.contains(SECRET));
    }

    @Test
    void a_node_with_a_certificate_of_another_authority_does_not_get_in() {
        Path own = keys.resolve("own").resolve("ca.pem");
        Tls stranger = new Tls(foreign.certificate(), foreign.key(), own); // it would talk to the others
        try (LocalCluster cluster = Replicas.start(temp, SecurityTest::withTls)) {
            cluster.open(STORE);
            append(cluster.store(0, STORE), "s", 2);

            int fourth = cluster.add(options -> impatient(options).withTls(stranger));

            assertThatThrownBy(() -> cluster.store(fourth, STORE)).isInstanceOf(StoreUnavailable.class);
            assertThat(cluster.cluster(0, STORE).voters()).hasSize(3);
            append(cluster.store(1, STORE), "s", 1);
        }
    }

    @Test
    void a_node_without_tls_and_a_node_of_another_cluster_do_not_get_in() {
        try (LocalCluster cluster = Replicas.start(temp.resolve("tls"), SecurityTest::withTls)) {
            cluster.open(STORE);
            int fourth = cluster.add(SecurityTest::impatient);
            assertThatThrownBy(() -> cluster.store(fourth, STORE)).isInstanceOf(StoreUnavailable.class);
        }
        try (LocalCluster cluster = Replicas.start(temp.resolve("plain"), options -> options)) {
            cluster.open(STORE);
            int fourth = cluster.add(options -> impatient(RaftOptions.of("other", options.self(), options.members())));
            assertThatThrownBy(() -> cluster.store(fourth, STORE))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("cluster 'local'");
            EventStore store = cluster.store(1, STORE);
            append(store, "s", 1);
        }
    }

    @Test
    void beyond_loopback_a_node_does_not_listen_without_tls() throws Exception {
        int port = FreePorts.find(1).get(0);
        Member everywhere = new Member("n1", "0.0.0.0", port);

        assertThatThrownBy(() -> RaftNode.start(temp, RaftOptions.of("local", everywhere, List.of(everywhere))))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.field()).isEqualTo("tls"));

        try (ServerSocket mine = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(mine.isBound()).isTrue();
        }
    }

    private static Logger listened(String name, ListAppender<ILoggingEvent> by) {
        Logger logger = (Logger) LoggerFactory.getLogger(name);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(by);
        return logger;
    }

    private static RaftOptions withTls(RaftOptions options) {
        Path folder = keys.resolve("own");
        String name = options.self().name();
        return options.withTls(
                new Tls(folder.resolve(name + ".pem"), folder.resolve(name + ".key"), folder.resolve("ca.pem")));
    }

    private static RaftOptions impatient(RaftOptions options) {
        return options.withTimeouts(Duration.ofMillis(600), Duration.ofSeconds(2));
    }
}
