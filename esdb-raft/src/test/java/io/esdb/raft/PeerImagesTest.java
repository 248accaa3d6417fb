package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.esdb.raft.PeerFailure.Kind;
import io.esdb.raft.PeerServer.Images;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeerImagesTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final byte[] REQUEST = {1};
    private static final int CHUNK = 256 << 10;
    private static final int CHUNKS = 80; // 20 MB
    private static final long MOST_UNDER_WAY = 4 << 20;

    private final PeerChannels channels = new PeerChannels(PeerServer.options("n1"));

    @AfterEach
    void close() {
        channels.close();
    }

    @Test
    void the_chunks_of_an_image_come_in_order() throws Exception {
        Images three = (from, request, sink) -> {
            for (byte chunk = 0; chunk < 3; chunk++) {
                sink.send(new byte[] {request[0], chunk});
            }
        };
        List<byte[]> chunks = new ArrayList<>();
        try (PeerServer server = PeerServer.start(PeerServer.options("n2"), three)) {
            channels.image(server.member(), REQUEST, LONG, chunks::add);
        }

        assertThat(chunks).containsExactly(new byte[] {1, 0}, new byte[] {1, 1}, new byte[] {1, 2});
    }

    @Test
    void the_sender_of_a_large_image_waits_for_a_slow_receiver() throws Exception {
        AtomicLong sent = new AtomicLong();
        AtomicReference<Thread> sender = new AtomicReference<>();
        Images large = (from, request, sink) -> {
            sender.set(Thread.currentThread());
            for (int i = 0; i < CHUNKS; i++) {
                sink.send(chunk(i));
                sent.addAndGet(CHUNK);
            }
        };
        AtomicLong received = new AtomicLong();
        AtomicLong mostUnderWay = new AtomicLong();
        try (PeerServer server = PeerServer.start(PeerServer.options("n2"), large)) {
            channels.image(server.member(), REQUEST, LONG, chunk -> {
                int number = (int) (received.get() / CHUNK);
                assertThat(chunk).isEqualTo(chunk(number));
                if (number % 20 == 0) { // a long pause: until the sender waits, or has sent it all
                    await().until(() -> sender.get().getState() == Thread.State.TIMED_WAITING);
                }
                mostUnderWay.accumulateAndGet(sent.get() - received.get(), Math::max);
                received.addAndGet(CHUNK);
            });
        }

        assertThat(received).hasValue((long) CHUNK * CHUNKS);
        assertThat(mostUnderWay).hasValueLessThan(MOST_UNDER_WAY);
    }

    @Test
    void an_image_that_fails_half_way_fails_at_the_receiver() {
        Images half = (from, request, sink) -> {
            sink.send(chunk(1));
            throw new IOException("cannot read 000007.sst");
        };
        List<byte[]> chunks = new ArrayList<>();
        try (PeerServer server = PeerServer.start(PeerServer.options("n2"), half)) {
            assertThatThrownBy(() -> channels.image(server.member(), REQUEST, LONG, chunks::add))
                    .isInstanceOfSatisfying(
                            PeerFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.REFUSED))
                    .hasMessageEndingWith("cannot read 000007.sst");
        }

        assertThat(chunks).hasSize(1);
    }

    @Test
    void a_sender_that_falls_silent_is_given_up() {
        AtomicReference<Exception> end = new AtomicReference<>();
        CountDownLatch given = new CountDownLatch(1);
        Images silent = (from, request, sink) -> {
            sink.send(chunk(0));
            given.await();
            try {
                while (end.get() == null) {
                    sink.send(chunk(1));
                }
            } catch (IOException e) {
                end.set(e);
            }
        };
        try (PeerServer server = PeerServer.start(PeerServer.options("n2"), silent)) {
            assertThatThrownBy(() -> channels.image(server.member(), REQUEST, Duration.ofMillis(300), chunk -> {}))
                    .isInstanceOfSatisfying(
                            PeerFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN));
            given.countDown();

            await().untilAsserted(() -> assertThat(end.get()).hasMessage("the receiver has gone"));
        }
    }

    @Test
    void a_receiver_that_fails_ends_the_transfer() {
        AtomicReference<Exception> end = new AtomicReference<>();
        Images endless = (from, request, sink) -> {
            try {
                while (end.get() == null) {
                    sink.send(chunk(0));
                }
            } catch (IOException e) {
                end.set(e);
            }
        };
        try (PeerServer server = PeerServer.start(PeerServer.options("n2"), endless)) {
            assertThatThrownBy(() -> channels.image(server.member(), REQUEST, LONG, chunk -> {
                        throw new IOException("disk full");
                    }))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("disk full");

            await().untilAsserted(() -> assertThat(end.get()).hasMessage("the receiver has gone"));
        }
    }

    @Test
    void an_interrupted_receiver_stops_and_stays_interrupted() {
        Images silent = (from, request, sink) -> new CountDownLatch(1).await();
        try (PeerServer server = PeerServer.start(PeerServer.options("n2"), silent)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> channels.image(server.member(), REQUEST, LONG, chunk -> {}))
                    .isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static byte[] chunk(int number) {
        byte[] chunk = new byte[CHUNK];
        Arrays.fill(chunk, (byte) number);
        return chunk;
    }
}
