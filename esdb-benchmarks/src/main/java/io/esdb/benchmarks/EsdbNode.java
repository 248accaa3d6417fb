package io.esdb.benchmarks;

import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.IndeterminateAppend;
import io.esdb.NodeRole;
import io.esdb.StoreUnavailable;
import io.esdb.host.EventStores;
import io.esdb.raft.Member;
import io.esdb.raft.RaftNode;
import io.esdb.raft.RaftOptions;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** esdb, with peers or alone; appends go to the first of its stores. */
final class EsdbNode implements Node {
    private final @Nullable RaftNode raft;
    private final EventStores stores;
    private final EventStore store;
    private final NodeSubscriptions subscriptions;
    private final Samples samples = Samples.small();
    /** The next revision of each caller's stream, 0 until it was looked up; every caller touches its own only. */
    private final long[] revisions = new long[MOST_CALLERS];

    private EsdbNode(@Nullable RaftNode raft, EventStores stores, int count) {
        this.raft = raft;
        this.stores = stores;
        for (int i = 1; i < count; i++) {
            EventStore unused = stores.open("bench-" + i);
        }
        this.store = stores.open("bench");
        this.subscriptions = new NodeSubscriptions(store);
    }

    /** A node of a cluster with the default settings, its stores open. */
    static EsdbNode clustered(Path root, Member self, List<Member> members, int stores) {
        RaftNode raft = RaftNode.start(root, RaftOptions.of("bench", self, members));
        return new EsdbNode(raft, EventStores.at(root).log(raft).open(), stores);
    }

    /** The same without Raft. */
    static EsdbNode alone(Path root, int stores) {
        return new EsdbNode(null, EventStores.open(root), stores);
    }

    @Override
    public boolean leads() {
        return store.status().role() == NodeRole.LEADER;
    }

    @Override
    public long applied() {
        return store.status().applied();
    }

    @Override
    public void append(int caller) {
        String stream = Samples.stream(caller);
        if (revisions[caller] == 0) {
            revisions[caller] = store.head(stream) + 1;
        }
        long revision = revisions[caller];
        EventData event = samples.event(caller * 31L + revision);
        long last = store.append(AppendRequest.to(stream, ExpectedRevision.after(revision - 1), List.of(event)))
                .lastRevision();
        Expect.equal("last revision of the append", revision, last);
        revisions[caller] = revision + 1;
    }

    @Override
    public boolean appendSomehow() {
        List<EventData> event = List.of(samples.event(0));
        while (true) {
            try {
                store.append(AppendRequest.to("somehow", ExpectedRevision.any(), event));
                return true;
            } catch (StoreUnavailable | IndeterminateAppend e) {
                Thread.onSpinWait(); // the same event again: it is stored once
            }
        }
    }

    @Override
    public String answer(String[] words) throws Exception {
        return subscriptions.answer(words);
    }

    @Override
    public void verify() {
        long sum = store.head("somehow") + 1;
        for (int caller = 0; caller < revisions.length; caller++) {
            long head = store.head(Samples.stream(caller));
            sum += head + 1;
            if (revisions[caller] > 0) {
                Expect.equal("last revision of stream " + caller, revisions[caller] - 1, head);
            }
        }
        Expect.equal("number of events", sum, store.statistics().lastPosition() + 1);
    }

    @Override
    public void close() {
        subscriptions.close();
        stores.close();
        if (raft != null) {
            raft.close();
        }
    }
}
