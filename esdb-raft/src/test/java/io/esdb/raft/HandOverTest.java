package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.esdb.EsdbException;
import io.esdb.NodeRole;
import io.esdb.spi.CommandLog;
import io.esdb.testkit.EchoConsumer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A leader that closes its store lets another member lead: one that has the store open. */
@Timeout(300)
class HandOverTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration ELECTION = Duration.ofSeconds(2);
    private static final int TRIES = 5;

    @TempDir
    private static Path root;

    private static ThreeNodes nodes;

    @BeforeAll
    static void startNodes() throws Exception {
        nodes = ThreeNodes.start(root, options -> options.withTimeouts(ELECTION, Duration.ofMinutes(2)));
    }

    @AfterAll
    static void stopNodes() {
        nodes.close();
    }

    @Test
    void one_that_has_closed_the_store_is_passed_over() throws Exception {
        List<Object> to = new ArrayList<>();
        for (int i = 0; i < TRIES && to.isEmpty(); i++) { // on a busy machine the lead moves by itself at times
            List<CommandLog> logs = openLedByFirst("some" + i);
            logs.get(1).close();
            to.addAll(handedOverBy(logs.get(0)));
            logs.get(2).close();
        }

        assertThat(to).containsExactly("n3");
    }

    @Test
    void when_all_others_have_closed_the_store_nobody_is_waited_for() throws Exception {
        List<CommandLog> logs = openLedByFirst("none");
        logs.subList(1, 3).parallelStream().forEach(CommandLog::close);

        assertThat(handedOverBy(logs.get(0))).isEmpty();
    }

    private static List<Object> handedOverBy(CommandLog leader) {
        try (CapturedLog captured = new CapturedLog(StoreStop.class, Level.DEBUG)) {
            leader.close();
            return captured.events().stream()
                    .filter(event -> event.getMessage().equals("Leadership is handed over"))
                    .map(event -> CapturedLog.value(event, "to"))
                    .toList();
        }
    }

    private static List<CommandLog> openLedByFirst(String store) throws Exception {
        List<CommandLog> logs = nodes.open(store, root.resolve(store), TIMEOUT, new EchoConsumer());
        await().atMost(Duration.ofMinutes(2)).until(() -> leadsOrIsAsked(store, logs.get(0)));
        return logs;
    }

    private static boolean leadsOrIsAsked(String store, CommandLog log) throws InterruptedException {
        try {
            log.barrier().toCompletableFuture().get(20, TimeUnit.SECONDS);
            if (log.status().role() == NodeRole.LEADER) {
                return true;
            }
            nodes.transfer(store, "n1");
            return false;
        } catch (EsdbException | ExecutionException | TimeoutException e) { // it is tried again
            return false;
        }
    }
}
