package io.esdb.raft;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Lets the requests of other servers through to Ratis as long as their group runs here. A group is shut before it is
 * stopped: Ratis may wait for itself for ever when an entry comes in meanwhile, or take the entry and never answer it;
 * since it answers the entries of a stream in order, it would not answer any later one either. So nothing comes in any
 * more, what has come is answered, and the streams are broken off: the leader begins a new one when the group is back.
 */
final class GroupGate implements ServerInterceptor {
    private static final Status SHUT = Status.UNAVAILABLE.withDescription("the group is not running on this node");

    /** Groups that run, and when the last request came for each. */
    private final Map<RaftGroupId, Long> open = new HashMap<>();

    private final Map<RaftGroupId, Set<GatedCall<?, ?>>> calls = new HashMap<>();

    /** The group runs: its requests are let through from now on. */
    synchronized void open(RaftGroupId group) {
        open.put(group, System.nanoTime());
    }

    /** How long no request has come for a group; since it was opened, if none ever has. */
    synchronized Duration silence(RaftGroupId group) {
        long now = System.nanoTime();
        return Duration.ofNanos(now - open.getOrDefault(group, now));
    }

    /**
     * The group is about to stop. Returns when Ratis has nothing of other servers at hand for it.
     *
     * @return false if the time was over before
     */
    boolean shut(RaftGroupId group, long millis) {
        boolean answered;
        List<GatedCall<?, ?>> left;
        synchronized (this) {
            open.remove(group);
            answered = awaitAnswers(group, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
            left = List.copyOf(calls.getOrDefault(group, Set.of()));
            calls.remove(group);
        }
        left.forEach(call -> call.sever(SHUT, new Metadata()));
        return answered;
    }

    /** As {@link #shut}, for all groups: the server is about to stop. */
    boolean shutAll(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        List<RaftGroupId> groups;
        synchronized (this) {
            groups = List.copyOf(open.keySet());
            open.clear();
        }
        boolean answered = true;
        for (RaftGroupId group : groups) {
            answered &= shut(group, Math.max(0, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        }
        return answered;
    }

    private boolean awaitAnswers(RaftGroupId group, long end) {
        try {
            while (calls.getOrDefault(group, Set.of()).stream().anyMatch(GatedCall::isAtHand)) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        if (!RaftServerProtocolServiceGrpc.SERVICE_NAME.equals(
                call.getMethodDescriptor().getServiceName())) {
            return next.startCall(call, headers);
        }
        GatedCall<Q, R> gated = new GatedCall<>(call);
        return new GatedListener<>(gated, next.startCall(gated, headers));
    }

    private enum Passage {
        THROUGH,
        /** A stream that is about to be broken off still has answers to bring. */
        IGNORED,
        REFUSED
    }

    private synchronized Passage enter(GatedCall<?, ?> call, Object request) {
        RaftGroupId group = ServerRequest.group(request);
        if (group == null) {
            return Passage.THROUGH; // Ratis says what is wrong with it
        }
        if (!open.containsKey(group)) {
            return call.unanswered > 0 ? Passage.IGNORED : Passage.REFUSED;
        }
        open.put(group, System.nanoTime());
        call.group = group;
        calls.computeIfAbsent(group, id -> new HashSet<>()).add(call);
        call.unanswered += isHeartbeat(request) ? 0 : 1;
        call.entering = true;
        return Passage.THROUGH;
    }

    private synchronized void entered(GatedCall<?, ?> call) {
        call.entering = false;
        notifyAll();
    }

    private synchronized void answered(GatedCall<?, ?> call) {
        call.unanswered = Math.max(0, call.unanswered - 1);
        notifyAll();
    }

    private synchronized void ended(GatedCall<?, ?> call) {
        call.unanswered = 0;
        Set<GatedCall<?, ?>> ofGroup = call.group == null ? null : calls.get(call.group);
        if (ofGroup != null && ofGroup.remove(call) && ofGroup.isEmpty()) {
            calls.remove(call.group);
        }
        notifyAll();
    }

    /** Ratis leaves heartbeats unanswered at times; they change nothing in the log. */
    private static boolean isHeartbeat(Object message) {
        return message instanceof AppendEntriesRequestProto request
                ? request.getEntriesCount() == 0
                : message instanceof AppendEntriesReplyProto reply && reply.getIsHearbeat();
    }

    /** Its own lock is not held while the gate's is taken, as the gate severs calls under its lock. */
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    private final class GatedCall<Q, R> extends SeverableCall<Q, R> {
        @Nullable
        RaftGroupId group;

        int unanswered;
        /** Ratis is just taking a request, maybe a heartbeat. */
        boolean entering;

        GatedCall(ServerCall<Q, R> call) {
            super(call);
        }

        boolean isAtHand() {
            return entering || unanswered > 0;
        }

        @Override
        public void sendMessage(R message) {
            super.sendMessage(message);
            if (!isHeartbeat(message)) {
                answered(this);
            }
        }

        @Override
        public void close(Status status, Metadata trailers) {
            super.close(status, trailers);
            ended(this);
        }
    }

    private final class GatedListener<Q, R> extends SeverableCall.Listener<Q, R> {
        private final GatedCall<Q, R> call;

        GatedListener(GatedCall<Q, R> call, ServerCall.Listener<Q> listener) {
            super(call, listener);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            Passage passage = enter(call, message);
            if (passage == Passage.THROUGH) {
                try {
                    super.onMessage(message);
                } finally {
                    entered(call);
                }
            } else if (passage == Passage.REFUSED) {
                call.sever(SHUT, new Metadata());
            }
        }

        @Override
        public void onCancel() {
            ended(call);
            super.onCancel();
        }

        @Override
        public void onComplete() {
            ended(call);
            super.onComplete();
        }
    }
}
