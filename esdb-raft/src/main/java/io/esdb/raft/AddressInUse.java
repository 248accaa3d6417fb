package io.esdb.raft;

import io.esdb.EsdbException;
import java.io.Serial;

/** A node could not listen on its address: somebody else does, or the machine has no such address. */
public final class AddressInUse extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String host;
    private final int port;

    /**
     * @param host the host to listen on
     * @param port the port to listen on
     * @param cause what the system said
     */
    public AddressInUse(String host, int port, Throwable cause) {
        super("cannot listen on " + host + ":" + port + ": " + cause.getMessage(), cause);
        this.host = host;
        this.port = port;
    }

    /** The host to listen on. */
    public String host() {
        return host;
    }

    /** The port to listen on. */
    public int port() {
        return port;
    }
}
