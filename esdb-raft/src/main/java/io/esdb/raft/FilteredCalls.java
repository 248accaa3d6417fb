package io.esdb.raft;

import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** Loses what a {@link NetworkFilter} does not let through: requests on their way in, replies on their way out. */
final class FilteredCalls implements ServerInterceptor {
    private final String self;
    private final NetworkFilter filter;

    FilteredCalls(String self, NetworkFilter filter) {
        this.self = self;
        this.filter = filter;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        FilteredCall<Q, R> filtered = new FilteredCall<>(call, headers.get(PeerMethods.FROM));
        return new FilteredListener<>(filtered, next.startCall(filtered, headers));
    }

    private final class FilteredCall<Q, R> extends SeverableCall<Q, R> {
        private @Nullable String caller;
        private boolean lost;

        FilteredCall(ServerCall<Q, R> call, @Nullable String caller) {
            super(call);
            this.caller = caller;
        }

        synchronized boolean passesIn(@Nullable String sender) {
            caller = sender == null ? caller : sender;
            return passes(caller == null || filter.open(caller, self));
        }

        private boolean passesOut() {
            return passes(caller == null || filter.open(self, caller));
        }

        /** Streams never have gaps: one that has lost something breaks instead of going on. */
        private boolean passes(boolean open) {
            if (open && lost) {
                sever(Status.UNAVAILABLE.withDescription("the connection was cut"), new Metadata());
            }
            lost |= !open;
            return !lost;
        }

        @Override
        public synchronized void sendHeaders(Metadata headers) {
            if (passesOut()) {
                super.sendHeaders(headers);
            }
        }

        @Override
        public synchronized void sendMessage(R message) {
            if (passesOut()) {
                super.sendMessage(message);
            }
        }

        @Override
        public synchronized void close(Status status, Metadata trailers) {
            if (passesOut()) {
                super.close(status, trailers);
            }
        }
    }

    private static final class FilteredListener<Q, R> extends SeverableCall.Listener<Q, R> {
        private final FilteredCall<Q, R> call;

        FilteredListener(FilteredCall<Q, R> call, ServerCall.Listener<Q> listener) {
            super(call, listener);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            if (call.passesIn(ServerRequest.sender(message))) {
                super.onMessage(message);
            } else if (!call.getMethodDescriptor().getType().clientSendsOneMessage()) {
                call.request(1); // the service asks for the next message only when it has got this one
            }
        }

        @Override
        public void onHalfClose() {
            if (call.passesIn(null)) {
                super.onHalfClose();
            }
        }
    }
}
