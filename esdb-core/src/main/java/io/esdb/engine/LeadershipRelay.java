package io.esdb.engine;

import io.esdb.LeadershipListener;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings leadership changes to a listener of the user's, in order, on an executor that refuses nothing. */
final class LeadershipRelay implements LeadershipListener {
    private static final Logger LOG = LoggerFactory.getLogger(LeadershipRelay.class);

    private final String store;
    private final LeadershipListener listener;
    private final Executor executor;
    private final Queue<Change> changes = new ArrayDeque<>();
    private boolean running;

    LeadershipRelay(String store, LeadershipListener listener, Executor executor) {
        this.store = store;
        this.listener = listener;
        this.executor = executor;
    }

    @Override
    public void changed(boolean leader, long term) {
        synchronized (changes) {
            changes.add(new Change(leader, term));
            if (running) {
                return;
            }
            running = true;
        }
        executor.execute(this::drain);
    }

    private void drain() {
        for (Change change = next(); change != null; change = next()) {
            try {
                listener.changed(change.leader(), change.term());
            } catch (Throwable e) { // or the listener would never hear of another change
                LOG.atError().addKeyValue("store", store).setCause(e).log("a leadership listener failed");
            }
        }
    }

    private @Nullable Change next() {
        synchronized (changes) {
            Change next = changes.poll();
            running = next != null;
            return next;
        }
    }

    private record Change(boolean leader, long term) {}
}
