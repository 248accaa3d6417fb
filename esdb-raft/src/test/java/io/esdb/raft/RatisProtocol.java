package io.esdb.raft;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.ReadIndexReplyProto;
import org.apache.ratis.proto.RaftProtos.ReadIndexRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionReplyProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc.RaftServerProtocolServiceImplBase;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.apache.ratis.util.ProtoUtils;

/** Stands where Ratis' own service would, answers everything and remembers who asked. */
final class RatisProtocol extends RaftServerProtocolServiceImplBase {
    final Queue<String> seen = new ConcurrentLinkedQueue<>();
    final Queue<String> ends = new ConcurrentLinkedQueue<>();
    /** Replies that wait until somebody runs them, while {@link #holding}. */
    final Queue<Runnable> held = new ConcurrentLinkedQueue<>();

    volatile boolean holding;
    /** What taking a request of a stream does first. */
    volatile Runnable taking = () -> {};

    static RaftRpcRequestProto request(String from) {
        return RaftRpcRequestProto.newBuilder()
                .setRequestorId(ByteString.copyFromUtf8(from))
                .build();
    }

    static RaftRpcRequestProto request(String from, RaftGroupId group) {
        return request(from).toBuilder()
                .setRaftGroupId(ProtoUtils.toRaftGroupIdProtoBuilder(group))
                .build();
    }

    static RequestVoteRequestProto vote(String from) {
        return RequestVoteRequestProto.newBuilder()
                .setServerRequest(request(from))
                .build();
    }

    static AppendEntriesRequestProto append(String from) {
        return AppendEntriesRequestProto.newBuilder()
                .setServerRequest(request(from))
                .build();
    }

    @Override
    public void requestVote(RequestVoteRequestProto vote, StreamObserver<RequestVoteReplyProto> reply) {
        answer("vote", vote.getServerRequest(), RequestVoteReplyProto.getDefaultInstance(), reply);
    }

    @Override
    public void startLeaderElection(
            StartLeaderElectionRequestProto start, StreamObserver<StartLeaderElectionReplyProto> reply) {
        answer("start", start.getServerRequest(), StartLeaderElectionReplyProto.getDefaultInstance(), reply);
    }

    @Override
    public void readIndex(ReadIndexRequestProto read, StreamObserver<ReadIndexReplyProto> reply) {
        answer("read", read.getServerRequest(), ReadIndexReplyProto.getDefaultInstance(), reply);
    }

    private <R> void answer(String what, RaftRpcRequestProto request, R reply, StreamObserver<R> to) {
        seen.add(what + " " + request.getRequestorId().toStringUtf8());
        to.onNext(reply);
        to.onCompleted();
    }

    @Override
    public StreamObserver<AppendEntriesRequestProto> appendEntries(StreamObserver<AppendEntriesReplyProto> replies) {
        return new Stream<>(
                replies,
                request -> AppendEntriesReplyProto.newBuilder()
                        .setIsHearbeat(request.getEntriesCount() == 0)
                        .build());
    }

    @Override
    public StreamObserver<InstallSnapshotRequestProto> installSnapshot(
            StreamObserver<InstallSnapshotReplyProto> replies) {
        return new Stream<>(replies, request -> InstallSnapshotReplyProto.getDefaultInstance());
    }

    private final class Stream<Q, R> implements StreamObserver<Q> {
        private final StreamObserver<R> replies;
        private final Function<Q, R> service;

        Stream(StreamObserver<R> replies, Function<Q, R> service) {
            this.replies = replies;
            this.service = service;
        }

        @Override
        public void onNext(Q request) {
            taking.run();
            seen.add("stream " + ServerRequest.sender(request));
            if (holding) {
                held.add(() -> replies.onNext(service.apply(request)));
            } else {
                replies.onNext(service.apply(request));
            }
        }

        @Override
        public void onError(Throwable failure) {
            ends.add("cancelled");
        }

        @Override
        public void onCompleted() {
            ends.add("completed");
            replies.onCompleted();
        }
    }
}
