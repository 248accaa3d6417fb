package io.esdb.benchmarks;

import io.esdb.raft.Member;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What runs in a node's JVM. */
enum NodeKind {
    /** esdb with peers. */
    CLUSTERED {
        @Override
        Node open(Path root, int stores, Member self, List<Member> members) {
            return EsdbNode.clustered(root, self, members, stores);
        }
    },
    /** esdb without Raft. */
    ALONE {
        @Override
        Node open(Path root, int stores, Member self, List<Member> members) {
            return EsdbNode.alone(root, stores);
        }
    },
    /** Raft without esdb. */
    NOOP {
        @Override
        Node open(Path root, int stores, Member self, List<Member> members) throws IOException {
            return new NoopNode(root, self, members);
        }
    };

    abstract Node open(Path root, int stores, Member self, List<Member> members) throws IOException;
}
