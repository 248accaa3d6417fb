package io.esdb.raft;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Brings batches to the leader over the network. */
final class Forwarder implements Forwarding {
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private final String store;
    private final Peers peers;
    private final Supplier<List<Member>> members;

    Forwarder(String store, Peers peers, Supplier<List<Member>> members) {
        this.store = store;
        this.peers = peers;
        this.members = members;
    }

    @Override
    public CompletableFuture<Delivery> forward(String leader, Batch batch) {
        Optional<Member> to = members.get().stream()
                .filter(member -> member.name().equals(leader))
                .findFirst();
        if (to.isEmpty()) {
            return CompletableFuture.completedFuture(Delivery.NEVER_SENT);
        }
        return peers.send(to.get(), new PeerRequest.Forward(store, batch), DEADLINE)
                .handle(Forwarder::delivery);
    }

    private static Delivery delivery(@Nullable PeerAnswer answer, @Nullable Throwable failure) {
        if (answer != null) {
            return answer instanceof PeerAnswer.Done ? Delivery.ACCEPTED : Delivery.REFUSED;
        }
        boolean neverSent = failure != null
                && Waiting.unwrapped(failure) instanceof PeerFailure known
                && known.kind() == PeerFailure.Kind.NEVER_SENT;
        return neverSent ? Delivery.NEVER_SENT : Delivery.UNKNOWN;
    }
}
