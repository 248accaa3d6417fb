package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.esdb.raft.PeerFailure.Kind;
import io.esdb.raft.PeerServer.Calls;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeerCallsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final byte[] REQUEST = {1, 2, 3};

    private final PeerChannels channels = new PeerChannels(PeerServer.options("n1"));

    @AfterEach
    void close() {
        channels.close();
    }

    @Test
    void a_request_comes_back_as_an_answer() {
        AtomicReference<String> caller = new AtomicReference<>();
        PeerHandler handler = (Calls) (from, request) -> {
            caller.set(from);
            return CompletableFuture.completedFuture(new byte[] {request[2], request[1]});
        };
        try (PeerServer server = PeerServer.start(PeerServer.options("n2"), handler)) {
            assertThat(call(server, LONG)).containsExactly(3, 2);
            assertThat(caller).hasValue("n1");
        }
    }

    @Test
    void requests_are_handled_on_threads_of_the_service() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        PeerHandler handler = (Calls) (from, request) -> {
            thread.set(Thread.currentThread());
            return CompletableFuture.completedFuture(request);
        };
        try (PeerServer server = PeerServer.start(PeerServer.options("n2"), handler)) {
            call(server, LONG);
        }

        assertThat(thread.get().getName()).startsWith("esdb-raft-n2-call-");
        assertThat(thread.get().isDaemon()).isTrue();
        await().until(() -> !thread.get().isAlive());
    }

    @Test
    void a_caller_of_another_cluster_is_refused() {
        AtomicInteger handled = new AtomicInteger();
        PeerHandler handler = (Calls) (from, request) -> {
            handled.incrementAndGet();
            return CompletableFuture.completedFuture(request);
        };
        try (PeerServer server = PeerServer.start(PeerServer.options("n2", "another"), handler)) {
            assertThat(failure(server, LONG).kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure(server, LONG)).hasMessageContaining("belongs to cluster 'another'");
            assertThat(handled).hasValue(0);
        }
    }

    @Test
    void the_name_of_a_cluster_may_be_in_any_script() {
        RaftOptions options = PeerServer.options("n2", "Zürich 東京");
        try (PeerServer server = PeerServer.start(options, PeerServer.echo());
                PeerChannels same = new PeerChannels(PeerServer.options("n1", "Zürich 東京"))) {
            assertThat(same.call(server.member(), REQUEST, LONG).join()).isEqualTo(REQUEST);
        }
    }

    @Test
    void the_caller_learns_why_its_request_failed() {
        PeerHandler throwing = (Calls) (from, request) -> {
            throw new IllegalStateException("no such store");
        };
        PeerHandler failing = (Calls)
                (from, request) -> CompletableFuture.<byte[]>failedFuture(new IllegalStateException("not the leader"))
                        .thenApply(answer -> answer);
        try (PeerServer first = PeerServer.start(PeerServer.options("n2"), throwing);
                PeerServer second = PeerServer.start(PeerServer.options("n3"), failing)) {
            assertThat(failure(first, LONG).kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure(first, LONG)).hasMessageContaining("'n2'").hasMessageEndingWith("no such store");
            assertThat(failure(second, LONG).kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure(second, LONG)).hasMessageEndingWith("not the leader");
        }
    }

    @Test
    void after_the_deadline_nobody_knows_what_became_of_a_request() {
        CountDownLatch arrived = new CountDownLatch(1);
        CompletableFuture<byte[]> late = new CompletableFuture<>();
        PeerHandler handler = (Calls) (from, request) -> {
            arrived.countDown();
            return late;
        };
        try (PeerServer server = PeerServer.start(PeerServer.options("n2"), handler)) {
            CompletableFuture<byte[]> answer = channels.call(server.member(), REQUEST, Duration.ofSeconds(3));
            await().until(() -> arrived.getCount() == 0);

            assertThat(failure(answer).kind()).isEqualTo(Kind.UNKNOWN);
            late.complete(REQUEST); // comes too late, and does no harm
            assertThat(late).isCompleted();
        }
    }

    @Test
    void a_connection_that_breaks_leaves_the_request_unknown() {
        CountDownLatch arrived = new CountDownLatch(1);
        PeerHandler handler = (Calls) (from, request) -> {
            arrived.countDown();
            return new CompletableFuture<>();
        };
        CompletableFuture<byte[]> answer;
        try (PeerServer server = PeerServer.start(PeerServer.options("n2"), handler)) {
            answer = channels.call(server.member(), REQUEST, LONG);
            await().until(() -> arrived.getCount() == 0);
        }

        assertThat(failure(answer).kind()).isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void where_nobody_listens_a_request_was_never_sent() throws Exception {
        Member nobody = new Member("n2", "127.0.0.1", freePort());

        PeerFailure failure = failure(channels.call(nobody, REQUEST, LONG));

        assertThat(failure.kind()).isEqualTo(Kind.NEVER_SENT);
        assertThat(failure).hasMessageContaining(nobody.address());
    }

    @Test
    void a_listener_that_never_speaks_does_not_count_as_a_connection() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Member member = new Member("n2", "127.0.0.1", mute.getLocalPort());

            PeerFailure failure = failure(channels.call(member, REQUEST, Duration.ofMillis(500)));

            assertThat(failure.kind()).isEqualTo(Kind.NEVER_SENT);
        }
    }

    @Test
    void requests_beyond_what_may_wait_are_turned_away_unhandled() {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger handled = new AtomicInteger();
        PeerHandler blocking = (Calls) (from, request) -> {
            handled.incrementAndGet();
            go.await();
            return CompletableFuture.completedFuture(request);
        };
        try (PeerServer server = PeerServer.start(PeerServer.options("n2"), blocking)) {
            AtomicInteger turnedAway = new AtomicInteger();
            CompletableFuture<?>[] answers = new CompletableFuture<?>[1_100];
            for (int i = 0; i < answers.length; i++) {
                answers[i] = channels.call(server.member(), REQUEST, LONG).exceptionally(failure -> {
                    assertThat(((PeerFailure) failure).kind()).isEqualTo(Kind.NEVER_SENT);
                    turnedAway.incrementAndGet();
                    return REQUEST;
                });
            }
            await().until(() -> turnedAway.get() == answers.length - 1_024 - 16);
            go.countDown();
            CompletableFuture.allOf(answers).join();

            assertThat(handled).hasValue(1_024 + 16);
        }
    }

    @Test
    void a_member_that_comes_back_is_reached_again_soon() throws Exception {
        int port = freePort();
        Member member = new Member("n2", "127.0.0.1", port);
        PeerServer.start(port, PeerServer.options("n2"), PeerServer.echo()).close();
        AtomicInteger failures = new AtomicInteger();
        await().until(() -> {
            assertThat(failure(channels.call(member, REQUEST, LONG)).kind()).isEqualTo(Kind.NEVER_SENT);
            return failures.incrementAndGet() == 20;
        });

        try (PeerServer back = PeerServer.start(port, PeerServer.options("n2"), PeerServer.echo())) {
            await().ignoreExceptions()
                    .untilAsserted(() -> assertThat(call(back, LONG)).isEqualTo(REQUEST));
        }
    }

    @Test
    void a_node_that_is_closing_sends_nothing() {
        try (PeerServer server = PeerServer.start(PeerServer.options("n2"), PeerServer.echo())) {
            channels.close();

            assertThat(failure(server, LONG).kind()).isEqualTo(Kind.NEVER_SENT);
            assertThatThrownBy(() -> channels.image(server.member(), REQUEST, LONG, chunk -> {}))
                    .isInstanceOf(PeerFailure.class);
        }
    }

    private byte[] call(PeerServer server, Duration deadline) {
        return channels.call(server.member(), REQUEST, deadline).join();
    }

    private PeerFailure failure(PeerServer server, Duration deadline) {
        return failure(channels.call(server.member(), REQUEST, deadline));
    }

    static PeerFailure failure(CompletableFuture<byte[]> answer) {
        try {
            byte[] unexpected = answer.join();
            throw new AssertionError("answered with " + unexpected.length + " bytes");
        } catch (CompletionException e) {
            return (PeerFailure) e.getCause();
        }
    }

    static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
