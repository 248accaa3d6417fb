package io.esdb.raft;

import org.apache.ratis.thirdparty.io.grpc.Attributes;
import org.apache.ratis.thirdparty.io.grpc.ClientStreamTracer;
import org.apache.ratis.thirdparty.io.grpc.Metadata;

/** Remembers whether a request was ever given to a connection; before that it cannot have reached anybody. */
final class SentMark extends ClientStreamTracer.Factory {
    private volatile boolean given;

    boolean given() {
        return given;
    }

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        return new ClientStreamTracer() {
            @Override
            public void streamCreated(Attributes transport, Metadata sent) {
                given = true;
            }
        };
    }
}
