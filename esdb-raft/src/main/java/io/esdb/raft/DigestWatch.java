package io.esdb.raft;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares this node's state with the other members' at the same index; a difference means that somebody is damaged. */
final class DigestWatch {
    private static final Logger LOG = LoggerFactory.getLogger(DigestWatch.class);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final String PROBLEM = "digest ";

    private final String self;
    private final Peers peers;

    DigestWatch(String self, Peers peers) {
        this.self = self;
        this.peers = peers;
    }

    /** Asks the other members; what comes back shows in the store's problems. */
    void compare(OpenStore store, List<Member> members) {
        compare(store.name(), store.log().digests(), store.log().problems(), members);
    }

    void compare(String store, DigestSamples digests, Problems problems, List<Member> members) {
        problems.retain(PROBLEM, members.stream().map(Member::name).toList());
        Optional<Map.Entry<Long, byte[]>> mine = digests.newest();
        if (mine.isEmpty()) {
            return;
        }
        long index = mine.get().getKey();
        for (Member member : members) {
            if (!member.name().equals(self)) {
                CompletableFuture<Void> unused = peers.send(member, new PeerRequest.Digest(store, index), ANSWER)
                        .thenAccept(answer -> {
                            if (answer instanceof PeerAnswer.Done done && done.bytes().length > 0) {
                                report(
                                        store,
                                        problems,
                                        member,
                                        index,
                                        Arrays.equals(done.bytes(), mine.get().getValue()));
                            } // else it has not come so far, or has forgotten
                        });
            }
        }
    }

    /** Digests go on from each other, so states that are equal now have always been; say, of a new copy. */
    private static void report(String store, Problems problems, Member member, long index, boolean equal) {
        if (equal) {
            problems.clear(PROBLEM + member.name());
        } else if (problems.add(
                PROBLEM + member.name(),
                "its state differs from that of member '" + member.name() + "' at entry " + index)) {
            warn(store, member, index);
        }
    }

    private static void warn(String store, Member member, long index) {
        LOG.atError()
                .addKeyValue("store", store)
                .addKeyValue("member", member.name())
                .addKeyValue("index", index)
                .log("The states of two members differ");
    }
}
