package io.esdb.benchmarks;

import java.nio.file.Path;

/** Opens a peer. */
@FunctionalInterface
interface PeerSource {
    /** Opens it in a folder that is empty, and the peer's own. */
    Peer open(Path folder) throws Exception;
}
