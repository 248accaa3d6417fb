package io.esdb.raft;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;

/** Changes who belongs to a group, one member at a time; on the leader. */
final class Membership {
    private static final long TRANSFER_MILLIS = 3_000;
    /** Whoever is to lead may be about to stop as well, and the others elect somebody anyway. */
    private static final long HAND_OVER_MILLIS = 1_000;

    private final RatisServer server;
    private final StoreGroup group;

    Membership(RatisServer server, StoreGroup group) {
        this.server = server;
        this.group = group;
    }

    /** Makes a node a member whose group was started; returns when it has caught up and the change is committed. */
    synchronized void add(Member member, boolean listener) throws IOException {
        List<Member> voters = without(RaftPeerRole.FOLLOWER, member.name());
        List<Member> listeners = without(RaftPeerRole.LISTENER, member.name());
        (listener ? listeners : voters).add(member);
        configure(voters, listeners);
    }

    /** Makes a node a member no more; returns when the change is committed. */
    synchronized void remove(String name) throws IOException {
        if (isMember(name)) {
            configure(without(RaftPeerRole.FOLLOWER, name), without(RaftPeerRole.LISTENER, name));
        }
    }

    /** This node takes no part any more: it was removed. */
    void end() throws IOException {
        server.park(group.id());
    }

    boolean isMember(String name) {
        return group.members().stream().anyMatch(member -> member.name().equals(name));
    }

    /** Lets another member lead. */
    void transfer(String name) throws IOException {
        transfer(name, TRANSFER_MILLIS);
    }

    /** Lets another member lead because this one is about to stop; it is not worth a long wait. */
    void handOver(String name) throws IOException {
        transfer(name, HAND_OVER_MILLIS);
    }

    private void transfer(String name, long millis) throws IOException {
        if (group.members(RaftPeerRole.FOLLOWER).stream()
                .noneMatch(member -> member.name().equals(name))) {
            throw new IOException("'" + name + "' is not a member that votes");
        }
        RaftServer running = server.running();
        RatisServer.check(running.transferLeadership(new TransferLeadershipRequest(
                server.client(),
                running.getId(),
                RaftGroupId.valueOf(group.id()),
                server.nextCall(),
                RaftPeerId.valueOf(name),
                millis)));
    }

    private List<Member> without(RaftPeerRole role, String name) {
        List<Member> left = new ArrayList<>(group.members(role));
        left.removeIf(member -> member.name().equals(name));
        return left;
    }

    private void configure(List<Member> voters, List<Member> listeners) throws IOException {
        RaftServer running = server.running();
        SetConfigurationRequest.Arguments arguments = SetConfigurationRequest.Arguments.newBuilder()
                .setServersInNewConf(peers(voters))
                .setListenersInNewConf(peers(listeners))
                .setMode(SetConfigurationRequest.Mode.SET_UNCONDITIONALLY)
                .build();
        RaftClientReply reply = running.setConfiguration(new SetConfigurationRequest(
                server.client(), running.getId(), RaftGroupId.valueOf(group.id()), server.nextCall(), arguments));
        RatisServer.check(reply);
    }

    private static List<RaftPeer> peers(List<Member> members) {
        return members.stream().map(RatisServer::peer).toList();
    }
}
