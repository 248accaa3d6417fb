package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.thirdparty.io.grpc.CallOptions;
import org.apache.ratis.thirdparty.io.grpc.ClientCall;
import org.apache.ratis.thirdparty.io.grpc.ConnectivityState;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.junit.jupiter.api.Test;

class PeerChannelTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1); // about to run over
    private final Lost lost = new Lost();
    private final PeerChannel channel =
            new PeerChannel(new Member("n2", "127.0.0.1", 1), lost, new Metadata(), clock::get);

    @Test
    void requests_after_a_while_cut_the_wait_of_a_lost_connection_short() {
        pass(Duration.ofMillis(600));
        channel.open();
        assertThat(lost.resets).isEqualTo(1);

        pass(Duration.ofMillis(600));
        channel.open();
        assertThat(lost.resets).isEqualTo(2);
    }

    @Test
    void many_requests_at_once_try_to_connect_only_once() {
        pass(Duration.ofMillis(600));
        for (int i = 0; i < 10; i++) {
            channel.open();
            pass(Duration.ofMillis(10));
        }

        assertThat(lost.resets).isEqualTo(1);
    }

    @Test
    void a_connection_that_is_there_is_left_alone() {
        lost.state = ConnectivityState.READY;
        pass(Duration.ofMillis(600));
        channel.open();

        assertThat(lost.resets).isZero();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    /** A channel that cannot connect and waits before it tries again. */
    private static final class Lost extends ManagedChannel {
        private ConnectivityState state = ConnectivityState.TRANSIENT_FAILURE;
        private int resets;

        @Override
        public ConnectivityState getState(boolean requestConnection) {
            return state;
        }

        @Override
        public void resetConnectBackoff() {
            resets++;
        }

        @Override
        public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String authority() {
            return "lost";
        }

        @Override
        public ManagedChannel shutdown() {
            return this;
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public ManagedChannel shutdownNow() {
            return this;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
