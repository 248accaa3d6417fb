package io.esdb.raft;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto.AppendResult;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a follower from acknowledging what it does not hold: the leader would count it, and commit what no majority has.
 * Ratis answers too early when an entry comes a second time over another stream, when it is the first one of a log, and
 * when it takes the place of one that was dropped. And it looks at the term of a request before it appends, but a vote
 * for a later term may come in between. So an acknowledgement waits for the mark of the log, and requests that write
 * entries or ask for votes in one group are handled one after the other.
 */
final class AckGuard implements ServerInterceptor {
    private static final Status BEYOND = Status.UNAVAILABLE.withDescription("the entries are not on disk yet");

    private final long patience;
    private final Map<RaftGroupId, Group> groups = new ConcurrentHashMap<>();

    /** @param patience how long an acknowledgement waits for the mark; then its stream is broken off */
    AckGuard(Duration patience) {
        this.patience = patience.toMillis();
    }

    /** @param mark says what of the group may be acknowledged */
    void watch(RaftGroupId group, LogMark mark) {
        groups.put(group, new Group(mark));
    }

    void forget(RaftGroupId group) {
        groups.remove(group);
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        GuardedCall<Q, R> guarded = new GuardedCall<>(call);
        return new GuardedListener<>(guarded, next.startCall(guarded, headers));
    }

    /** An object to hold while a request is handled that writes or votes. */
    private static final class Group {
        private final LogMark mark;

        Group(LogMark mark) {
            this.mark = mark;
        }
    }

    /** Its own lock is not held while it waits, so that the stream can be broken off meanwhile. */
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    private final class GuardedCall<Q, R> extends SeverableCall<Q, R> {
        private volatile @Nullable RaftGroupId group;

        GuardedCall(ServerCall<Q, R> call) {
            super(call);
        }

        void isFor(Object request) {
            group = ServerRequest.group(request);
        }

        @Nullable
        Group group() {
            RaftGroupId id = group;
            return id == null ? null : groups.get(id);
        }

        @Override
        public void sendMessage(R message) {
            if (message instanceof AppendEntriesReplyProto reply && !mayBeSent(reply)) {
                sever(BEYOND, new Metadata());
            } else {
                super.sendMessage(message);
            }
        }

        private boolean mayBeSent(AppendEntriesReplyProto reply) {
            if (reply.getIsHearbeat() || reply.getResult() != AppendResult.SUCCESS) {
                return true;
            }
            Group of = group();
            return of != null && of.mark.awaitReached(reply.getMatchIndex(), patience);
        }
    }

    private static final class GuardedListener<Q, R> extends SeverableCall.Listener<Q, R> {
        private final GuardedCall<Q, R> call;

        GuardedListener(GuardedCall<Q, R> call, ServerCall.Listener<Q> listener) {
            super(call, listener);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            call.isFor(message);
            boolean writes = message instanceof AppendEntriesRequestProto append && append.getEntriesCount() > 0;
            inTurn(writes, () -> super.onMessage(message));
        }

        /** A call of one request is handled when it has ended. */
        @Override
        public void onHalfClose() {
            inTurn(call.getMethodDescriptor().getType().clientSendsOneMessage(), super::onHalfClose);
        }

        private void inTurn(boolean needed, Runnable handling) {
            Group group = needed ? call.group() : null;
            if (group == null) {
                handling.run();
            } else {
                synchronized (group) {
                    handling.run();
                }
            }
        }
    }
}
