package io.esdb.raft;

import io.esdb.raft.MemberRecord.State;
import io.esdb.raft.PeerAnswer.Done;
import io.esdb.raft.PeerAnswer.NotLeader;
import io.esdb.raft.PeerAnswer.Phase;
import io.esdb.raft.PeerAnswer.Refused;
import io.esdb.spi.LogConsumer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.jspecify.annotations.Nullable;

/** Answers the other nodes. */
final class NodeHandler {
    private static final Refused NOT_OPEN = new Refused("the store is not open on that node");

    private final Map<String, OpenStore> stores;
    private final Map<String, Opening> openings;
    private final Executor worker;
    private final Peers peers;

    /** @param worker for what takes long */
    NodeHandler(Map<String, OpenStore> stores, Map<String, Opening> openings, Executor worker, Peers peers) {
        this.stores = stores;
        this.openings = openings;
        this.worker = worker;
        this.peers = peers;
    }

    CompletionStage<PeerAnswer> answer(PeerRequest request) throws IOException {
        OpenStore open = stores.get(request.store());
        if (open != null) {
            return open(open, request);
        }
        Opening opening = openings.get(request.store());
        return CompletableFuture.completedFuture(opening == null ? closed(request) : opening(opening, request));
    }

    private static PeerAnswer closed(PeerRequest request) {
        return request instanceof PeerRequest.Hello ? new PeerAnswer.State(Phase.UNKNOWN, null, List.of()) : NOT_OPEN;
    }

    private static PeerAnswer opening(Opening opening, PeerRequest request) throws IOException {
        if (request instanceof PeerRequest.Hello) {
            return opening.state();
        }
        if (request instanceof PeerRequest.Prepare prepare) {
            return opening.prepare(prepare.group(), prepare.members());
        }
        if (request instanceof PeerRequest.Settle settle) {
            return opening.settle(settle.group());
        }
        return NOT_OPEN;
    }

    private CompletionStage<PeerAnswer> open(OpenStore store, PeerRequest request) throws IOException {
        if (request instanceof PeerRequest.Forward forward) {
            return done(store.log().accept(forward.batch()) ? Done.nothing() : notLeader(store));
        }
        if (request instanceof PeerRequest.Hello) {
            return done(state(store));
        }
        if (request instanceof PeerRequest.Digest digest) {
            return done(new Done(store.log().digests().at(digest.index()).orElse(new byte[0])));
        }
        if (request instanceof PeerRequest.Removed removed) {
            return slowly(store, () -> removed(store, removed));
        }
        if (request instanceof PeerRequest.Prepare || request instanceof PeerRequest.Settle) {
            return done(new Refused("the store is in a group already"));
        }
        return leading(store) ? ofLeader(store, request) : done(notLeader(store));
    }

    private CompletionStage<PeerAnswer> ofLeader(OpenStore store, PeerRequest request) {
        Membership membership = store.membership();
        if (request instanceof PeerRequest.Ask ask) {
            LogConsumer consumer = store.log().consumer();
            return consumer.answer(ask.question())
                    .handle((bytes, failure) -> failure == null ? new Done(bytes) : refused(failure));
        }
        if (request instanceof PeerRequest.Join join) {
            return slowly(store, () -> join(store, join.member()));
        }
        if (request instanceof PeerRequest.Add add) {
            return slowly(
                    store,
                    () -> unless(
                            check(store).againstJoining(add.member()),
                            () -> membership.add(add.member(), add.listener())));
        }
        if (request instanceof PeerRequest.Transfer transfer) {
            return slowly(store, () -> {
                membership.transfer(transfer.member());
                return Done.nothing();
            });
        }
        if (request instanceof PeerRequest.Remove remove) {
            return slowly(store, () -> remove(store, remove.member()));
        }
        return done(new Refused("not a request that a leader answers: " + request));
    }

    private static CompletionStage<PeerAnswer> done(PeerAnswer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    /** Whoever joins has nothing, so if it was a member it is one no more. */
    private PeerAnswer join(OpenStore store, Member member) throws IOException {
        MemberCheck check = check(store);
        return unless(
                check.againstJoining(member).or(() -> check.againstLosing(member.name())),
                () -> store.membership().remove(member.name()));
    }

    /** The member knows of it before it counts as done, if it can be reached. */
    private PeerAnswer remove(OpenStore store, String name) throws IOException {
        List<Member> before = store.log().group().members();
        PeerAnswer answer = unless(
                check(store).againstLosing(name), () -> store.membership().remove(name));
        if (answer instanceof Done) {
            before.stream().filter(member -> member.name().equals(name)).forEach(member -> {
                PeerRequest word =
                        new PeerRequest.Removed(store.name(), store.record().group(), name);
                PeerAnswer unused = peers.send(member, word, Formation.ANSWER)
                        .exceptionally(failure -> NOT_OPEN)
                        .join();
            });
        }
        return answer;
    }

    private MemberCheck check(OpenStore store) {
        StoreGroup group = store.log().group();
        return new MemberCheck(
                group.members(RaftPeerRole.FOLLOWER),
                group.members(RaftPeerRole.LISTENER),
                new Presence(store.name(), group.id(), peers, Formation.ANSWER)::of);
    }

    private static PeerAnswer unless(Optional<String> obstacle, Change change) throws IOException {
        if (obstacle.isPresent()) {
            return new Refused(obstacle.get());
        }
        change.run();
        return Done.nothing();
    }

    private static PeerAnswer removed(OpenStore store, PeerRequest.Removed removed) throws IOException {
        MemberRecord mine = store.record();
        if (!removed.group().equals(mine.group()) || !removed.member().equals(mine.member())) {
            return new Refused("another group, or another member");
        }
        store.become(State.LEFT);
        try {
            store.membership().end(); // or it would follow a leader that does not know it, and send to it
        } finally {
            store.log().removed();
        }
        return Done.nothing();
    }

    private CompletionStage<PeerAnswer> slowly(OpenStore store, Callable<PeerAnswer> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.call();
                    } catch (Exception e) {
                        return leading(store) ? refused(e) : notLeader(store);
                    }
                },
                worker);
    }

    private static PeerAnswer refused(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return new Refused(String.valueOf(cause.getMessage()));
    }

    private static boolean leading(OpenStore store) {
        return store.log().group().standing().leading();
    }

    private static PeerAnswer notLeader(OpenStore store) {
        @Nullable String leader = store.log().group().standing().leader();
        return new NotLeader(leader);
    }

    private static PeerAnswer state(OpenStore store) {
        if (store.record().state() == State.LEFT || store.isClosing()) {
            return new PeerAnswer.State(Phase.UNKNOWN, null, List.of());
        }
        return new PeerAnswer.State(
                Phase.MEMBER, store.record().group(), store.log().group().members());
    }

    /** A store that is open here, for an image of it. */
    OpenStore open(String store) throws IOException {
        OpenStore open = stores.get(store);
        if (open == null) {
            throw new IOException("store '" + store + "' is not open on that node");
        }
        return open;
    }

    /** Of the members of a group. */
    @FunctionalInterface
    private interface Change {
        void run() throws IOException;
    }
}
