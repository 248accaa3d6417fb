package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuietLoggersTest {
    private final Logger grpc = Logger.getLogger("org.apache.ratis.thirdparty.io.grpc");
    private final Logger source = Logger.getLogger("org.apache.ratis.thirdparty.io.grpc.netty.TcpMetrics");
    private final Level before = grpc.getLevel();

    @AfterEach
    void restore() {
        grpc.setLevel(before);
    }

    @Test
    void news_are_kept_back_and_warnings_are_not() {
        grpc.setLevel(null);
        QuietLoggers.set();

        assertThat(source.isLoggable(Level.INFO)).isFalse();
        assertThat(source.isLoggable(Level.WARNING)).isTrue();
    }

    @Test
    void a_level_that_the_application_has_set_stays() {
        grpc.setLevel(Level.FINE);
        QuietLoggers.set();

        assertThat(source.isLoggable(Level.FINE)).isTrue();
    }
}
