package io.esdb.examples;

import io.esdb.EventStore;
import io.esdb.host.EventStores;
import io.esdb.raft.*;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class ClusterExample {
    /** On each node: its folder, then all members, itself first: n1=127.0.0.1:7001 n2=127.0.0.1:7002 n3=127.0.0.1:7003. */
    public static void main(String[] args) {
        Path root = Path.of(args[0]);
        List<Member> members =
                Stream.of(args).skip(1).map(ClusterExample::member).toList();
        try (RaftNode node = RaftNode.start(root, RaftOptions.of("shop", members.get(0), members));
                EventStores stores = EventStores.at(root).log(node).open();
                EventStore store = stores.open("orders")) {
            System.out.println(store.status());
        }
    }

    private static Member member(String text) {
        int sign = text.indexOf('=');
        return Member.of(text.substring(0, sign), text.substring(sign + 1));
    }
}
