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
import java.util.concurrent.CompletableFuture;
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
    private static final List<RaftNode> NODES = new ArrayList<>();

    @TempDir
    private static Path root;

    @BeforeAll
    static void startNodes() throws Exception {
        List<Member> members = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            members.add(new Member("n" + i, "127.0.0.1", PeerCallsTest.freePort()));
        }
        for (Member member : members) {
            RaftOptions options = RaftOptions.of("c", member, members).withTimeouts(ELECTION, Duration.ofMinutes(2));
            NODES.add(RaftNode.start(root.resolve(member.name()), options));
        }
    }

    @AfterAll
    static void stopNodes() {
        NODES.forEach(RaftNode::close);
        NODES.clear();
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
        List<CompletableFuture<CommandLog>> starting = new ArrayList<>();
        for (RaftNode node : NODES) {
            Path folder = root.resolve(store + NODES.indexOf(node));
            starting.add(CompletableFuture.supplyAsync(
                    () -> node.start(store, folder, TIMEOUT, new EchoConsumer()),
                    task -> new Thread(task, "start").start()));
        }
        List<CommandLog> logs = new ArrayList<>();
        for (CompletableFuture<CommandLog> started : starting) {
            logs.add(started.get(120, TimeUnit.SECONDS));
        }
        await().atMost(Duration.ofMinutes(2)).until(() -> leadsOrIsAsked(store, logs.get(0)));
        return logs;
    }

    private static boolean leadsOrIsAsked(String store, CommandLog log) throws InterruptedException {
        try {
            log.barrier().toCompletableFuture().get(20, TimeUnit.SECONDS);
            if (log.status().role() == NodeRole.LEADER) {
                return true;
            }
            NODES.get(0).cluster(store).transfer("n1", Duration.ofSeconds(5));
            return false;
        } catch (EsdbException | ExecutionException | TimeoutException e) { // it is tried again
            return false;
        }
    }
}
