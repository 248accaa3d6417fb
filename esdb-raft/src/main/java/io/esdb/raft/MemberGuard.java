package io.esdb.raft;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.thirdparty.io.grpc.Grpc;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Lets in only members of this cluster, each under its own name. Two services are there for them; what Ratis offers to
 * clients and administrators on the same port is for nobody.
 */
final class MemberGuard implements ServerInterceptor {
    private final RefusalLog refusals = new RefusalLog(System::nanoTime);
    private final String cluster;
    private final boolean tls;

    /** @param tls whether callers have certificates; without, they are believed */
    MemberGuard(String cluster, boolean tls) {
        this.cluster = cluster;
        this.tls = tls;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        String service = String.valueOf(call.getMethodDescriptor().getServiceName());
        return switch (service) {
            case PeerMethods.SERVICE -> peer(call, headers, next);
            case RaftServerProtocolServiceGrpc.SERVICE_NAME ->
                tls ? ratis(call, headers, next) : next.startCall(call, headers);
            default -> refuse(call, Status.PERMISSION_DENIED.withDescription("service " + service + " is for nobody"));
        };
    }

    private <Q, R> ServerCall.Listener<Q> peer(ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        byte[] theirs = headers.get(PeerMethods.CLUSTER);
        if (theirs == null || !cluster.equals(new String(theirs, StandardCharsets.UTF_8))) {
            return refuse(
                    call,
                    Status.FAILED_PRECONDITION.withDescription(
                            "this member belongs to cluster '" + cluster + "', the caller to another one"));
        }
        String from = headers.get(PeerMethods.FROM);
        if (from == null) {
            return refuse(call, Status.PERMISSION_DENIED.withDescription("the caller does not say who it is"));
        }
        if (tls && !names(call).contains(from)) {
            return refuse(call, impostor(from));
        }
        return next.startCall(call, headers);
    }

    private <Q, R> ServerCall.Listener<Q> ratis(ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        Set<String> names = names(call);
        SeverableCall<Q, R> guarded = new SeverableCall<>(call);
        return new SeverableCall.Listener<>(guarded, next.startCall(guarded, headers)) {
            @Override
            public void onMessage(Q message) {
                String from = ServerRequest.sender(message);
                if (from == null || !names.contains(from)) {
                    log(call, impostor(from));
                    guarded.sever(impostor(from), Outcome.REFUSED.trailers());
                }
                super.onMessage(message);
            }
        };
    }

    private static Status impostor(@Nullable String from) {
        return Status.PERMISSION_DENIED.withDescription(
                "the caller's certificate is not that of member '" + from + "'");
    }

    private <Q, R> ServerCall.Listener<Q> refuse(ServerCall<Q, R> call, Status status) {
        log(call, status);
        call.close(status, Outcome.REFUSED.trailers());
        return new ServerCall.Listener<>() {};
    }

    private void log(ServerCall<?, ?> call, Status status) {
        refusals.add(
                call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR),
                call.getMethodDescriptor().getFullMethodName(),
                status.getDescription());
    }

    private static Set<String> names(ServerCall<?, ?> call) {
        SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        try {
            return session != null && session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? CertificateNames.of(certificate)
                    : Set.of();
        } catch (SSLPeerUnverifiedException | CertificateParsingException e) {
            return Set.of();
        }
    }
}
