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
        Optional<Map.Entry<Long, byte[]>> mine = store.log().digests().newest();
        if (mine.isEmpty()) {
            return;
        }
        long index = mine.get().getKey();
        for (Member member : members) {
            if (!member.name().equals(self)) {
                PeerRequest question = new PeerRequest.Digest(store.name(), index);
                CompletableFuture<Void> unused = peers.send(member, question, ANSWER)
                        .thenAccept(
                                answer -> judge(store, member, index, mine.get().getValue(), answer));
            }
        }
    }

    private static void judge(OpenStore store, Member member, long index, byte[] mine, PeerAnswer answer) {
        boolean known = answer instanceof PeerAnswer.Done done && done.bytes().length > 0;
        if (known && !Arrays.equals(((PeerAnswer.Done) answer).bytes(), mine)) {
            LOG.atError()
                    .addKeyValue("store", store.name())
                    .addKeyValue("member", member.name())
                    .addKeyValue("index", index)
                    .log("The states of two members differ");
            store.log()
                    .problems()
                    .set(
                            "digest " + member.name(),
                            "its state differs from that of member '" + member.name() + "' at entry " + index);
        }
    }
}
