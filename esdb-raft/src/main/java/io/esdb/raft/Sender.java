package io.esdb.raft;

import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.ReadIndexRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.jspecify.annotations.Nullable;

/** Who says to have sent a message of Ratis' server protocol: the name of a member, which is its peer id. */
final class Sender {
    private Sender() {}

    /** Null for anything but a request between servers. */
    static @Nullable String of(Object message) {
        RaftRpcRequestProto request = request(message);
        return request == null ? null : request.getRequestorId().toStringUtf8();
    }

    private static @Nullable RaftRpcRequestProto request(Object message) {
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
