package io.esdb.raft;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks at the address of a node before Ratis does: with a port that is taken, Ratis would end the JVM. */
final class PortCheck {
    private PortCheck() {}

    /**
     * Listens for a moment.
     *
     * @throws io.esdb.InvalidInput if the address is not one that may be used, see {@link BindRule}
     * @throws AddressInUse if it cannot be listened on
     */
    static void check(RaftOptions options) {
        Member self = options.self();
        InetAddress host = BindRule.check(options);
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, self.port()));
        } catch (IOException e) {
            throw new AddressInUse(self.host(), self.port(), e);
        }
    }
}
