package io.esdb.raft;

import io.esdb.InvalidInput;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Without TLS a node listens on the loopback interface only, unless its options say that it need not be secure. */
final class BindRule {
    private BindRule() {}

    /**
     * The address to listen on.
     *
     * @throws InvalidInput if the host has no address, or lies beyond loopback and nothing protects it
     */
    static InetAddress check(RaftOptions options) {
        String host = options.self().host();
        try {
            boolean loopback = true;
            for (InetAddress address : InetAddress.getAllByName(host)) {
                loopback &= address.isLoopbackAddress();
            }
            if (!loopback && options.tls() == null && !options.insecure()) {
                throw new InvalidInput("tls", "must be set to listen on " + host + ", which is beyond loopback");
            }
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new InvalidInput("host", "has no address: " + host);
        }
    }
}
