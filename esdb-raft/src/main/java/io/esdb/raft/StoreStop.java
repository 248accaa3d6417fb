package io.esdb.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one store out of its group on this node, step by step. */
final class StoreStop {
    private static final Logger LOG = LoggerFactory.getLogger(StoreStop.class);
    private static final Duration HELLO = Duration.ofMillis(300);

    private final OpenStore store;
    private final Member self;
    private final Peers peers;
    private final RatisServer server;

    StoreStop(OpenStore store, Member self, Peers peers, RatisServer server) {
        this.store = store;
        this.self = self;
        this.peers = peers;
        this.server = server;
    }

    void run() throws IOException {
        handOver();
        server.park(store.record().group());
    }

    /** A leader that is about to stop lets another member lead, so that nobody has to wait for an election. */
    private void handOver() {
        StoreGroup group = store.log().group();
        if (!group.standing().leading()) {
            return;
        }
        // Several nodes that stop one after the other would else wait for each other.
        Presence presence = new Presence(store.name(), group.id(), peers, HELLO);
        Optional<Member> other = group.members(RaftPeerRole.FOLLOWER).stream()
                .filter(member -> !member.name().equals(self.name()))
                .filter(member -> !presence.of(List.of(member)).isEmpty())
                .findFirst();
        if (other.isPresent()) {
            handOver(other.get());
        }
    }

    private void handOver(Member other) {
        LOG.atDebug()
                .addKeyValue("store", store.name())
                .addKeyValue("to", other.name())
                .log("Leadership is handed over");
        try {
            store.membership().handOver(other.name());
        } catch (IOException | RuntimeException e) {
            LOG.atDebug().addKeyValue("store", store.name()).setCause(e).log("Leadership was not handed over");
        }
    }
}
