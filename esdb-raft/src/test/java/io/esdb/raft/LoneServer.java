package io.esdb.raft;

import java.nio.file.Path;
import org.apache.ratis.conf.Parameters;

/** A server without guards, for tests of what stands on it. */
final class LoneServer {
    private LoneServer() {}

    /** Not started yet; its own member is the one of the options. */
    static RatisServer in(Path folder, RaftOptions options) {
        return in(folder, options, new GroupGate());
    }

    static RatisServer in(Path folder, RaftOptions options, GroupGate gate) {
        return new RatisServer(
                options.self().name(),
                gate,
                folder,
                () -> RatisSettings.of(
                        options,
                        RatisServer.groups(folder).toFile(),
                        RatisServer.parked(folder).toFile()),
                Parameters::new);
    }
}
