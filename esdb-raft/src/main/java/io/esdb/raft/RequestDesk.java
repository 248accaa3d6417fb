package io.esdb.raft;

import java.util.concurrent.CompletionStage;

/** Where requests of other nodes arrive, as bytes. */
final class RequestDesk implements PeerHandler {
    private final NodeHandler handler;
    private final ImageTransfer images;

    RequestDesk(NodeHandler handler, ImageTransfer images) {
        this.handler = handler;
        this.images = images;
    }

    @Override
    public CompletionStage<byte[]> call(String from, byte[] request) throws Exception {
        return handler.answer(PeerCodec.request(request)).thenApply(PeerCodec::encode);
    }

    @Override
    public void image(String from, byte[] request, ImageSink sink) throws Exception {
        String store = PeerCodec.request(request).store();
        images.send(handler.open(store), sink);
    }
}
