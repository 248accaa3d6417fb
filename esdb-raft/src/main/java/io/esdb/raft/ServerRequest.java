package io.esdb.raft;

import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.ReadIndexRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.util.ProtoUtils;
import org.jspecify.annotations.Nullable;

/** What the requests of Ratis' server protocol have in common; null for anything else. */
final class ServerRequest {
    private ServerRequest() {}

    /** Who says to have sent it: the name of a member, which is its peer id. */
    static @Nullable String sender(Object message) {
        RaftRpcRequestProto request = of(message);
        return request == null ? null : request.getRequestorId().toStringUtf8();
    }

    /** The group that it is for. */
    static @Nullable RaftGroupId group(Object message) {
        RaftRpcRequestProto request = of(message);
        return request == null || !request.hasRaftGroupId() ? null : ProtoUtils.toRaftGroupId(request.getRaftGroupId());
    }

    private static @Nullable RaftRpcRequestProto of(Object message) {
        if (message instanceof AppendEntriesRequestProto append) {
            return append.getServerRequest();
        }
        if (message instanceof RequestVoteRequestProto vote) {
            return vote.getServerRequest();
        }
        if (message instanceof InstallSnapshotRequestProto install) {
            return install.getServerRequest();
        }
        if (message instanceof ReadIndexRequestProto read) {
            return read.getServerRequest();
        }
        return message instanceof StartLeaderElectionRequestProto start ? start.getServerRequest() : null;
    }
}
