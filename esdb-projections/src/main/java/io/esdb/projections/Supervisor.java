package io.esdb.projections;

import io.esdb.StoreClosed;
import io.esdb.subscriptions.Subscriptions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that what is to run, and only that, runs here while this node leads. It looks when something has changed, and
 * once a second anyway; so whatever it could not do is tried again. All but the signals happens on a thread of its own.
 */
final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(Projections.class);
    private static final int PURGES_A_LOOK = 10;
    private static final long GATHER_MILLIS = 10;

    private final Ledger ledger;
    private final Subscriptions subscriptions;
    private final Definitions definitions;
    private final Map<String, Map<Integer, Runner<?>>> runners = new ConcurrentHashMap<>();
    private final Set<String> complaints = new HashSet<>();
    private final ScheduledThreadPoolExecutor timer;
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile Standing standing = new Standing(false, 0);
    private volatile boolean closed;

    private record Standing(boolean leading, long term) {}

    Supervisor(Ledger ledger, Subscriptions subscriptions, Definitions definitions, Duration poll) {
        this.ledger = ledger;
        this.subscriptions = subscriptions;
        this.definitions = definitions;
        this.timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread =
                    new Thread(work, "esdb-projections-" + ledger.store().name());
            thread.setDaemon(true);
            return thread;
        });
        Future<?> unused =
                timer.scheduleWithFixedDelay(this::tick, poll.toNanos(), poll.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Only signals. */
    void leads(boolean leading, long term) {
        standing = new Standing(leading, term);
        signal();
    }

    /** Something may have changed. Only signals; many calls may share one look. */
    void signal() {
        if (asked.compareAndSet(false, true)) {
            try {
                Future<?> unused = timer.schedule(this::lookAround, GATHER_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                // closed
            }
        }
    }

    boolean isLeading() {
        return standing.leading();
    }

    /** What runs one version here; null if nothing does. */
    @Nullable
    Runner<?> runner(String name, int version) {
        Runner<?> found = runners.getOrDefault(name, Map.of()).get(version);
        return found == null || found.hasEnded() ? null : found;
    }

    private void tick() {
        lookAround();
        try {
            if (standing.leading()) {
                ledger.names().stream().filter(name -> !definitions.has(name)).forEach(this::undefined);
            }
        } catch (RuntimeException | Error e) { // or nobody would ever look again
            LOG.atDebug().setCause(e).log("the names of projections are not known");
        }
    }

    private void undefined(String name) {
        Control control = ledger.control(name);
        if (control != null) {
            control.wanted().forEach(version -> undefined(name, version));
        }
    }

    private void undefined(String name, int version) {
        if (complaints.add(name + " " + version)) {
            new RunnerLog(ledger.store().name(), name, version).undefined();
        }
    }

    private void lookAround() {
        asked.set(false);
        for (String name : definitions.names()) {
            try {
                if (!closed) {
                    look(name, standing);
                }
                complaints.remove(name);
            } catch (StoreClosed e) {
                return;
            } catch (RuntimeException | Error e) { // or nobody would ever look again
                if (complaints.add(name)) {
                    LOG.atWarn()
                            .addKeyValue("store", ledger.store().name())
                            .addKeyValue("projection", name)
                            .setCause(e)
                            .log("a projection could not be looked after, which is tried again");
                }
            }
        }
    }

    private void look(String name, Standing now) {
        if (!now.leading()) {
            stopAllBut(name, List.of(), "this node does not lead");
            return;
        }
        Control control = control(name);
        boolean handingOver = handOver(name, control);
        List<Integer> wanted = handingOver ? List.of(control.building()) : control.wanted();
        stopAllBut(name, wanted, handingOver ? "a new version takes its place" : "it is not to run");
        for (int version : wanted) {
            ensure(name, version, now.term());
        }
        purge(name, control);
    }

    private Control control(String name) {
        Control found = ledger.control(name);
        if (found == null) {
            ledger.change(name, now -> now == null ? Control.first(definitions.highest(name)) : null);
            found = ledger.control(name);
        }
        if (found == null) {
            throw new IllegalStateException("a control that was stored is not there");
        }
        return found;
    }

    /** Whether the version that is read has to stand still, since the new one has caught up. */
    private boolean handOver(String name, Control control) {
        Runner<?> current = runner(name, control.active());
        if (current != null) {
            current.gauge().handOver(false, false);
        }
        Runner<?> next = control.building() == 0 ? null : runner(name, control.building());
        if (next == null || !control.wanted().contains(control.building())) {
            return false;
        }
        Gauge gauge = next.gauge();
        boolean ready = gauge.trouble() == null && (gauge.isCaughtUp() || gauge.isHandingOver());
        gauge.handOver(ready, ready && current == null);
        if (ready) {
            next.wake();
        }
        return ready;
    }

    private void stopAllBut(String name, List<Integer> wanted, String reason) {
        runners.getOrDefault(name, Map.of()).forEach((version, runner) -> {
            if (!runner.hasEnded() && !wanted.contains(version)) {
                runner.stop(reason);
            }
        });
    }

    private void ensure(String name, int version, long term) {
        Projection<?> projection = definitions.get(name, version);
        if (projection == null) {
            undefined(name, version);
            return;
        }
        Map<Integer, Runner<?>> versions = runners.computeIfAbsent(name, missing -> new ConcurrentHashMap<>());
        Runner<?> before = versions.get(version);
        if (before != null && !before.hasEnded()) {
            if (before.term() != term) {
                before.stop("a new term has begun");
            }
        } else if ((before == null || before.term() != term || !before.hasJustEnded())
                && !ledger.place(name, version).value().isStopped()) {
            Runner<?> runner = new Runner<>(ledger, subscriptions, projection, term, this::signal);
            versions.put(version, runner);
            runner.start();
        }
    }

    private void purge(String name, Control control) {
        for (int version : control.retired()) {
            boolean more = runner(name, version) == null;
            for (int i = 0; i < PURGES_A_LOOK && more; i++) {
                more = ledger.purge(name, version);
            }
            if (more) {
                signal();
            }
        }
    }

    /** Ends all that runs, and waits for it; one of the threads themselves does not. */
    void close(Duration patience) {
        closed = true;
        timer.shutdownNow();
        List<Runner<?>> all = runners.values().stream()
                .flatMap(versions -> versions.values().stream())
                .toList();
        all.forEach(runner -> runner.stop("the projections were closed"));
        try {
            for (Runner<?> runner : all) {
                runner.join(patience);
            }
            boolean unused = timer.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
