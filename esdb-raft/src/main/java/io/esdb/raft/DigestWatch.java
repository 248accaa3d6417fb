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
        Optional<Map.Entry<Long, byte[]>> mine = digests.newest();
        if (mine.isEmpty()) {
            return;
        }
        long index = mine.get().getKey();
        for (Member member : members) {
            if (!member.name().equals(self)) {
                CompletableFuture<Void> unused = peers.send(member, new PeerRequest.Digest(store, index), ANSWER)
                        .thenAccept(answer -> {
                            if (differs(mine.get().getValue(), answer)) {
                                report(store, problems, member, index);
                            }
                        });
            }
        }
    }

    /** A member that has not come so far, or has forgotten, answers with nothing. */
    private static boolean differs(byte[] mine, PeerAnswer answer) {
        return answer instanceof PeerAnswer.Done done && done.bytes().length > 0 && !Arrays.equals(done.bytes(), mine);
    }

    private static void report(String store, Problems problems, Member member, long index) {
        LOG.atError()
                .addKeyValue("store", store)
                .addKeyValue("member", member.name())
                .addKeyValue("index", index)
                .log("The states of two members differ");
        problems.set(
                "digest " + member.name(),
                "its state differs from that of member '" + member.name() + "' at entry " + index);
    }
}
