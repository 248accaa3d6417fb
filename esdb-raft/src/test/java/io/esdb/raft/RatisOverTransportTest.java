package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.statemachine.StateMachine.DataApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers of Ratis, with TLS, the guard and a network that can be cut; our service is on the same ports. */
class RatisOverTransportTest {
    private static final byte[] REQUEST = {9};

    @TempDir
    Path folder;

    private final AtomicBoolean cut = new AtomicBoolean();

    @Test
    void ratis_and_our_service_share_ports_certificates_and_the_network() throws Exception {
        TestCertificates authority = new TestCertificates(folder.resolve("authority"));
        Member first = new Member("n1", "127.0.0.1", PeerCallsTest.freePort());
        Member second = new Member("n2", "127.0.0.1", PeerCallsTest.freePort());
        List<Member> members = List.of(first, second);
        RaftOptions own = options(first, members, authority.member("n1"));
        RaftOptions other = options(second, members, authority.member("n2"));
        RaftGroup group = RaftGroup.valueOf(
                RaftGroupId.valueOf(UUID.randomUUID()), RatisServer.peer(first), RatisServer.peer(second));

        try (PeerService ownService = new PeerService(own, PeerServer.echo());
                PeerService otherService = new PeerService(other, PeerServer.echo());
                LogServer ownServer = start(own, group, ownService);
                LogServer otherServer = start(other, group, otherService);
                PeerChannels channels = new PeerChannels(own)) {
            append(ownServer, otherServer);
            assertThat(channels.call(second, REQUEST, Duration.ofSeconds(20)).join())
                    .isEqualTo(REQUEST);

            cut.set(true);
            await().until(() -> !ownServer.isLeader() && !otherServer.isLeader());
            cut.set(false);
            append(ownServer, otherServer);
            assertThat(channels.call(second, REQUEST, Duration.ofSeconds(20)).join())
                    .isEqualTo(REQUEST);
        }
    }

    private RaftOptions options(Member self, List<Member> members, Tls tls) {
        return RaftOptions.of("c", self, members).withTls(tls).withNetwork((from, to) -> !cut.get());
    }

    private LogServer start(RaftOptions options, RaftGroup group, PeerService service) throws IOException {
        Parameters parameters = new Parameters();
        GrpcConfigKeys.TLS.setConf(parameters, options.tls().config());
        GrpcConfigKeys.Server.setServicesCustomizer(parameters, (builder, types) -> service.addTo(builder));
        LogServer.Machine machine = new LogServer.Machine(DataApi.DEFAULT, new LogIndex(0, -1));
        Path groups = folder.resolve(options.self().name());
        return LogServer.start(options.self().name(), group, groups, machine, parameters);
    }

    /** At whichever leads; on a busy machine that changes now and then. */
    private static void append(LogServer first, LogServer second) {
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> {
            (first.isLeader() ? first : second).append(3);
            return true;
        });
    }
}
