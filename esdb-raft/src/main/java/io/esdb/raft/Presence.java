package io.esdb.raft;

import io.esdb.raft.PeerAnswer.Phase;
import io.esdb.raft.PeerAnswer.State;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Which members of a store's group are there, as they say themselves when they are asked. It may take a moment. */
final class Presence {
    private final String store;
    private final UUID group;
    private final Peers peers;
    private final Duration patience;

    /** @param patience how long an answer is waited for */
    Presence(String store, UUID group, Peers peers, Duration patience) {
        this.store = store;
        this.group = group;
        this.peers = peers;
        this.patience = patience;
    }

    /** Of these members, those who have the store open in this group. */
    List<Member> of(List<Member> members) {
        Map<Member, CompletableFuture<PeerAnswer>> asked = new LinkedHashMap<>();
        members.forEach(member -> asked.put(member, peers.send(member, new PeerRequest.Hello(store), patience)));
        return asked.entrySet().stream()
                .filter(hello -> isThere(hello.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isThere(CompletableFuture<PeerAnswer> hello) {
        try {
            return hello.join() instanceof State state && state.phase() == Phase.MEMBER && group.equals(state.group());
        } catch (CompletionException e) {
            return false;
        }
    }
}
