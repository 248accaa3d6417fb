package io.esdb.raft;

import io.esdb.LeadershipListener;
import io.esdb.Registration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners whether this node leads, each change once and in order. */
final class Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private final String store;
    private final List<LeadershipListener> listeners = new CopyOnWriteArrayList<>();
    private boolean leading;
    private long term;

    Leadership(String store) {
        this.store = store;
    }

    /** What is known now; changes are told before it returns. */
    synchronized void observe(Standing now) {
        boolean changed = now.leading() != leading || (leading && now.term() != term);
        term = Math.max(term, now.term());
        leading = now.leading();
        if (changed) {
            listeners.forEach(this::tell);
        }
    }

    synchronized Registration listen(LeadershipListener listener) {
        tell(listener);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void tell(LeadershipListener listener) {
        try {
            listener.changed(leading, term);
        } catch (RuntimeException e) { // whoever listens must not hurt the log
            LOG.atError().addKeyValue("store", store).setCause(e).log("a leadership listener failed");
        }
    }
}
