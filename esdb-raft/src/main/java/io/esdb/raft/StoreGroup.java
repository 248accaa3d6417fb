package io.esdb.raft;

import io.esdb.NodeRole;
import io.esdb.PeerStatus;
import io.esdb.StoreStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.ratis.proto.RaftProtos.CommitInfoProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;

/** The Raft group of one store, as Ratis runs it on this node. */
final class StoreGroup implements Proposer {
    private static final Standing NOBODY = new Standing(false, null, 0);

    private final RatisServer server;
    private final UUID id;
    private final Duration electionTimeout;
    private volatile @Nullable StoreMachine machine;

    /** @param electionTimeout silence of the leader after which a voter looks for another one */
    StoreGroup(RatisServer server, UUID id, Duration electionTimeout) {
        this.server = server;
        this.id = id;
        this.electionTimeout = electionTimeout;
    }

    UUID id() {
        return id;
    }

    /** The state machine that the present server feeds. */
    void fedTo(StoreMachine fresh) {
        machine = fresh;
    }

    /**
     * What Ratis says is read in several steps; a term that changes meanwhile means that nobody is known. A leader that
     * is not ready counts as none: what was sent to it could not be ordered yet.
     */
    @Override
    public Standing standing() {
        try {
            DivisionInfo info = server.division(id).getInfo();
            if (info.getLifeCycleState().isClosingOrClosed()) { // a listener is never more than starting
                return NOBODY;
            }
            long term = info.getCurrentTerm();
            boolean leads = info.isLeader();
            boolean ready = info.isLeaderReady();
            RaftPeerId leader = info.getLeaderId();
            if (leader == null || (leads && !ready) || info.getCurrentTerm() != term) {
                return new Standing(false, null, term);
            }
            return new Standing(ready, leader.toString(), term);
        } catch (IOException e) {
            return NOBODY;
        }
    }

    /** Goes straight to the division: the server's own way in hands over to another thread first. */
    @Override
    public CompletionStage<Outcome> propose(byte[] entry) {
        long call = server.nextCall();
        StoreMachine fed = machine;
        try {
            RaftServer running = server.running();
            RaftClientRequest request = RaftClientRequest.newBuilder()
                    .setClientId(server.client())
                    .setServerId(running.getId())
                    .setGroupId(RaftGroupId.valueOf(id))
                    .setCallId(call)
                    .setMessage(Message.valueOf(UnsafeByteOperations.unsafeWrap(entry)))
                    .setType(RaftClientRequest.writeRequestType())
                    .build();
            RaftClientAsynchronousProtocol division = (RaftClientAsynchronousProtocol) server.division(id);
            return division.submitClientRequestAsync(request)
                    .handle((reply, failure) -> outcome(fed, call, reply, failure));
        } catch (IOException | RuntimeException e) {
            return CompletableFuture.completedFuture(outcome(fed, call, null, e));
        }
    }

    @Override
    public boolean tellCommitted() {
        try {
            long committed = server.division(id).getRaftLog().getLastCommittedIndex();
            return server.appenders().tellCommitted(RaftGroupId.valueOf(id), committed);
        } catch (IOException e) {
            return true; // nobody is told anything by a group that does not run
        }
    }

    private static Outcome outcome(
            @Nullable StoreMachine fed, long call, @Nullable RaftClientReply reply, @Nullable Throwable failure) {
        boolean appended = fed == null || fed.hadAppended(call);
        if (failure == null && reply != null && reply.isSuccess()) {
            return Outcome.COMMITTED;
        }
        return appended ? Outcome.UNKNOWN : Outcome.NOT_TAKEN;
    }

    /** The members as this node knows them, voters first; none if it knows none. */
    List<Member> members(RaftPeerRole role) {
        try {
            return server.division(id).getRaftConf().getAllPeers(role).stream()
                    .map(StoreGroup::member)
                    .sorted(Comparator.comparing(Member::name))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** All members as this node knows them, voters first; none if it knows none. */
    List<Member> members() {
        List<Member> all = new ArrayList<>(members(RaftPeerRole.FOLLOWER));
        all.addAll(members(RaftPeerRole.LISTENER));
        return all;
    }

    private static Member member(RaftPeer peer) {
        return Member.of(peer.getId().toString(), peer.getAddress());
    }

    StoreStatus status(String self, long applied, List<String> problems) {
        List<String> all = new ArrayList<>(problems);
        try {
            RaftServer.Division division = server.division(id);
            DivisionInfo info = division.getInfo();
            if (info.getLifeCycleState().isClosingOrClosed()) {
                all.add("its part in the cluster has stopped");
                return outside(self, info.getCurrentTerm(), applied, all);
            }
            RaftPeerId leader = isForsaken(info) ? null : info.getLeaderId();
            if (leader == null) {
                all.add("no leader is known");
            }
            long committed = division.getRaftLog().getLastCommittedIndex();
            return new StoreStatus(
                    role(info.getCurrentRole()),
                    self,
                    leader == null ? null : leader.toString(),
                    info.getCurrentTerm(),
                    applied,
                    Math.max(committed, applied),
                    info.isLeader() ? peers(division, self, committed) : List.of(),
                    all);
        } catch (IOException e) {
            all.add("its part in the cluster is not running");
            return outside(self, 0, applied, all);
        }
    }

    /** Ratis lets a listener believe in its last leader for ever: it never looks for another one itself. */
    private boolean isForsaken(DivisionInfo info) {
        return info.getCurrentRole() == RaftPeerRole.LISTENER
                && server.silence(id).compareTo(electionTimeout.multipliedBy(2)) > 0;
    }

    private static StoreStatus outside(String self, long term, long applied, List<String> problems) {
        return new StoreStatus(NodeRole.OUTSIDE, self, null, term, applied, applied, List.of(), problems);
    }

    private static List<PeerStatus> peers(RaftServer.Division division, String self, long committed) {
        List<String> listeners = division.getRaftConf().getAllPeers(RaftPeerRole.LISTENER).stream()
                .map(peer -> peer.getId().toString())
                .toList();
        List<PeerStatus> peers = new ArrayList<>();
        for (CommitInfoProto info : division.getCommitInfos()) {
            String name = info.getServer().getId().toStringUtf8();
            if (!name.equals(self)) {
                long lag = Math.max(0, committed - info.getCommitIndex());
                boolean listener = listeners.contains(name);
                peers.add(new PeerStatus(name, info.getServer().getAddress(), listener, info.getCommitIndex(), lag));
            }
        }
        peers.sort(Comparator.comparing(PeerStatus::member));
        return peers;
    }

    private static NodeRole role(RaftPeerRole role) {
        return switch (role) {
            case LEADER -> NodeRole.LEADER;
            case CANDIDATE -> NodeRole.CANDIDATE;
            case FOLLOWER -> NodeRole.FOLLOWER;
            case LISTENER -> NodeRole.LISTENER;
            default -> NodeRole.OUTSIDE;
        };
    }
}
