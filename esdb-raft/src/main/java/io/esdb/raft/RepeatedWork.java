package io.esdb.raft;

import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work of a loop that goes on whatever happens, out of memory included: a loop that ends would stop its store silently.
 * What fails shows in the store's problems until it succeeds again. For one thread.
 */
final class RepeatedWork {
    private static final Logger LOG = LoggerFactory.getLogger(RepeatedWork.class);

    private final String store;
    private final String name;
    private final Problems problems;
    private final BooleanSupplier work;
    private boolean failing;

    /** @param work returns whether it could do what it should */
    RepeatedWork(String store, String name, Problems problems, BooleanSupplier work) {
        this.store = store;
        this.name = name;
        this.problems = problems;
        this.work = work;
    }

    /** Does it once; false if it could not, or failed. */
    boolean run() {
        try {
            boolean done = work.getAsBoolean();
            recovered();
            return done;
        } catch (Throwable e) {
            report(e);
            return false;
        }
    }

    private void recovered() {
        if (failing) {
            failing = false;
            problems.clear(name);
        }
    }

    private void report(Throwable failure) {
        if (!failing) {
            failing = true;
            LOG.atError()
                    .addKeyValue("store", store)
                    .addKeyValue("work", name)
                    .setCause(failure)
                    .log("The log goes on after a failure");
            problems.set(name, "the log goes on after a failure: " + failure);
        }
    }
}
