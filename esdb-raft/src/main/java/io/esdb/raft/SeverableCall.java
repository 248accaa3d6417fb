package io.esdb.raft;

import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.Status;

/**
 * A call that can be ended while its service is still at work. What the service sends afterwards goes nowhere, and it
 * is told that the call was cancelled.
 */
class SeverableCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private boolean ended;
    private boolean severed;

    SeverableCall(ServerCall<Q, R> call) {
        super(call);
    }

    final synchronized void sever(Status status, Metadata trailers) {
        if (!ended) {
            ended = true;
            severed = true;
            delegate().close(status, trailers);
        }
    }

    final synchronized boolean isSevered() {
        return severed;
    }

    @Override
    public final boolean isCancelled() {
        return isSevered() || super.isCancelled();
    }

    @Override
    public synchronized void request(int messages) {
        if (!ended) {
            super.request(messages);
        }
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
        if (!ended) {
            super.sendHeaders(headers);
        }
    }

    @Override
    public synchronized void sendMessage(R message) {
        if (!ended) {
            super.sendMessage(message);
        }
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
        if (!ended) {
            ended = true;
            super.close(status, trailers);
        }
    }

    /** Keeps from the service what arrives after the end. */
    static class Listener<Q, R> extends SimpleForwardingServerCallListener<Q> {
        private final SeverableCall<Q, R> call;

        Listener(SeverableCall<Q, R> call, ServerCall.Listener<Q> listener) {
            super(listener);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            if (!call.isSevered()) {
                super.onMessage(message);
            }
        }

        @Override
        public void onHalfClose() {
            if (!call.isSevered()) {
                super.onHalfClose();
            }
        }

        @Override
        public void onComplete() {
            if (call.isSevered()) {
                super.onCancel();
            } else {
                super.onComplete();
            }
        }
    }
}
