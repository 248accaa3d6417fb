package io.esdb.raft;

import io.esdb.raft.PeerAnswer.Phase;
import io.esdb.raft.PeerAnswer.State;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Whether a node may be taken into a group: its name and its address must be nobody else's. Of two that run under one
 * name the one with the data would be thrown out, and of two names at one address one node would vote for both.
 */
final class JoinCheck {
    private final OpenStore store;
    private final Peers peers;

    JoinCheck(OpenStore store, Peers peers) {
        this.store = store;
        this.peers = peers;
    }

    /** Why not; empty if it may. Asks the member of that name whether it still runs elsewhere, so it may take a moment. */
    Optional<String> obstacle(Member joining) {
        for (Member member : store.log().group().members()) {
            boolean sameName = member.name().equals(joining.name());
            boolean sameAddress = member.address().equals(joining.address());
            if (sameAddress && !sameName) {
                return Optional.of("member '" + member.name() + "' has the address " + member.address()
                        + "; remove it before another one takes its place there");
            }
            if (sameName && !sameAddress && runs(member)) {
                return Optional.of("member '" + member.name() + "' runs at " + member.address()
                        + "; stop it before another node takes its name");
            }
        }
        return Optional.empty();
    }

    private boolean runs(Member member) {
        try {
            return peers.send(member, new PeerRequest.Hello(store.name()), Formation.ANSWER)
                                    .join()
                            instanceof State state
                    && state.phase() == Phase.MEMBER
                    && store.record().group().equals(state.group());
        } catch (CompletionException e) {
            return false;
        }
    }
}
