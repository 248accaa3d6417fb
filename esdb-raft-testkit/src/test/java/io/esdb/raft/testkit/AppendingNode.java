package io.esdb.raft.testkit;

import io.esdb.AppendResult;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.host.EventStores;
import io.esdb.raft.Member;
import io.esdb.raft.RaftNode;
import io.esdb.raft.RaftOptions;
import io.esdb.storage.rocks.RocksStorageProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A cluster of one that appends at full speed until it is killed, and reports each event that was acknowledged. */
final class AppendingNode {
    static final String STORE = "orders";
    private static final int WORKERS = 8;

    private AppendingNode() {}

    /** @param arguments root folder, port */
    public static void main(String[] arguments) throws InterruptedException {
        Reports reports = Reports.take();
        Path root = Path.of(arguments[0]);
        RaftNode node = RaftNode.start(root, options(Integer.parseInt(arguments[1])));
        EventStore store = EventStores.at(root)
                .storage(new RocksStorageProvider())
                .log(node)
                .open()
                .open(STORE);
        for (int i = 0; i < WORKERS; i++) {
            String stream = "stream-" + i;
            new Thread(() -> append(store, stream, reports), stream).start();
        }
        TimeUnit.MINUTES.timedJoin(Thread.currentThread(), 2); // only in case that nobody kills it
        Runtime.getRuntime().halt(3);
    }

    static RaftOptions options(int port) {
        Member self = new Member("n1", "127.0.0.1", port);
        return RaftOptions.of("alone", self, List.of(self)).withLog(1 << 20, 400, 100);
    }

    private static void append(EventStore store, String stream, Reports reports) {
        while (true) {
            EventData event = Replicas.event(100);
            AppendResult result = store.append(stream, ExpectedRevision.any(), event);
            reports.tell("A " + event.id() + " " + result.lastPosition());
        }
    }
}
