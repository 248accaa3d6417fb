package io.esdb.examples.history;

import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.StreamAppend;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Appends commits, each as one append over the streams of all files that it touches. One thread at a time. */
final class Replay {
    private final EventStore store;
    private final Function<AppendRequest, AppendResult> append;
    private final long lastBefore;
    private long commits;
    private long events;
    private long known;

    Replay(EventStore store) {
        this(store, store::append);
    }

    /** @param append appends to the store, in a way of its own */
    Replay(EventStore store, Function<AppendRequest, AppendResult> append) {
        this.store = store;
        this.append = append;
        this.lastBefore = store.statistics().lastPosition();
    }

    /** Appends a commit; one that the store has already is not written again. */
    void append(Commit commit) {
        commits++;
        events += commit.changes().size();
        if (commit.changes().isEmpty()) {
            return;
        }
        AppendResult result = append.apply(request(commit));
        if (result.lastPosition() <= lastBefore) {
            known++;
        }
    }

    private AppendRequest request(Commit commit) {
        List<StreamAppend> appends = new ArrayList<>();
        for (Commit.Change change : commit.changes()) {
            String stream = FileEvents.stream(change.path());
            ExpectedRevision unchanged = ExpectedRevision.after(store.head(stream));
            appends.add(new StreamAppend(stream, unchanged, List.of(FileEvents.write(commit, change))));
        }
        return new AppendRequest(appends, null);
    }

    /** How many commits were passed in. */
    long commits() {
        return commits;
    }

    /** How many events they have. */
    long events() {
        return events;
    }

    /** How many of the commits were in the store before. */
    long known() {
        return known;
    }
}
