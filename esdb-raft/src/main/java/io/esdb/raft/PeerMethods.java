package io.esdb.raft;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.ratis.thirdparty.io.grpc.KnownLength;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor.MethodType;

/** What {@link PeerService} offers and {@link PeerChannels} call: bytes for bytes, and who asks in the headers. */
final class PeerMethods {
    static final String SERVICE = "esdb.Peers";

    static final MethodDescriptor<byte[], byte[]> CALL = method("Call", MethodType.UNARY);
    static final MethodDescriptor<byte[], byte[]> IMAGE = method("Image", MethodType.SERVER_STREAMING);

    /** The name of the member that calls. */
    static final Metadata.Key<String> FROM = Metadata.Key.of("esdb-from", Metadata.ASCII_STRING_MARSHALLER);

    /** The name of the cluster that the caller belongs to. Bytes, since the name may be in any script. */
    static final Metadata.Key<byte[]> CLUSTER = Metadata.Key.of("esdb-cluster-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private PeerMethods() {}

    private static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new SizedStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Tells gRPC the size beforehand, which saves a copy. */
    private static final class SizedStream extends ByteArrayInputStream implements KnownLength {
        SizedStream(byte[] bytes) {
            super(bytes);
        }
    }
}
