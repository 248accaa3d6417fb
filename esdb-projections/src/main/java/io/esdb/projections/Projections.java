package io.esdb.projections;

import io.esdb.EventStore;
import io.esdb.InvalidInput;
import io.esdb.Registration;
import io.esdb.spi.Branch;
import io.esdb.spi.StoreAccess;
import io.esdb.subscriptions.Subscriptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The projections of a store, on whichever node it is open. Make one for a store, define the same projections on every node,
 * and close it before the store. Safe to use from any thread.
 *
 * <p>The node that leads the store runs them, each version on a thread of its own; all nodes can read them. What an event
 * does is stored in one transaction with the place, and only by who holds the place: so each event counts exactly once,
 * whatever crashes and whoever leads. A place that is read is never ahead of the states and events that follow from it.
 *
 * <p>A projection never stops silently: {@link #status} and the log say why it does not go on.
 *
 * <p>Failures common to all methods: those of {@code EventStore} reads, and for methods that change something those of its
 * writes; {@link ProjectionNotFound} for a name that nobody has defined; {@link ProjectionsClosed} after {@link #close}.
 * Changes may be repeated after {@link io.esdb.IndeterminateAppend}.
 */
public final class Projections implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_REASON = 1_000;

    private final Ledger ledger;
    private final Subscriptions subscriptions;
    private final Definitions definitions = new Definitions();
    private final Signal signal = new Signal();
    private final Supervisor supervisor;
    private final Queries queries;
    private final Awaiting awaiting;
    private final Duration patience;
    private final List<Registration> registrations;

    private Projections(Ledger ledger, Duration poll, Duration patience) {
        this.ledger = ledger;
        this.patience = patience;
        this.subscriptions = Subscriptions.on(ledger.store());
        this.supervisor = new Supervisor(ledger, subscriptions, definitions, poll);
        this.queries = new Queries(ledger, definitions);
        this.awaiting = new Awaiting(ledger, queries, supervisor, signal);
        this.registrations = registrations();
    }

    private List<Registration> registrations() {
        try {
            return List.of(
                    awaiting.answer(),
                    ledger.documents().changes(Branch.PROJECTIONS, this::changed),
                    ledger.access().leadershipNow(supervisor::leads));
        } catch (RuntimeException e) {
            supervisor.close(patience);
            subscriptions.close();
            throw e;
        }
    }

    private void changed() {
        signal.raise();
        supervisor.signal();
    }

    /**
     * The projections of this store.
     *
     * @throws InvalidInput if the store does not come from {@code EventStores}, or has its projections already
     * @throws io.esdb.StoreClosed if it is closed
     */
    public static Projections on(EventStore store) {
        return on(store, POLL, PATIENCE);
    }

    static Projections on(EventStore store, Duration poll, Duration patience) {
        if (!(Check.notNull("store", store) instanceof StoreAccess access)) {
            throw new InvalidInput("store", "must come from EventStores, was a " + store.getClass());
        }
        return new Projections(new Ledger(store, access, access.documents()), poll, patience);
    }

    /** The tag of the events that a projection emits: {@code projection:} and its name. */
    public static String tagOf(String name) {
        return "projection:" + name;
    }

    /**
     * Makes functions known to this node. The leader begins to run a projection that has never run, in the highest version that
     * is defined; of others it runs what it has run before, see {@link #rebuild}.
     *
     * @throws InvalidInput if a version of a name is defined already; then none is taken
     */
    public void define(Projection<?>... projections) {
        checkOpen();
        definitions.add(Check.notNull("projections", projections));
        supervisor.signal();
    }

    /**
     * Has a projection go on that was paused or stopped, also one whose function failed. One that runs goes on.
     */
    public void start(String name) {
        change(name, control -> control.mode() == Control.Mode.RUNNING ? null : control.running());
        Control control = ledger.control(name);
        if (control != null) {
            control.wanted().forEach(version -> ledger.forgive(name, version));
        }
    }

    /** Has a projection stay where it is until {@link #start}, on whichever node leads. It may store one batch more. */
    public void pause(String name) {
        change(name, control -> control.mode() == Control.Mode.PAUSED ? null : control.paused());
    }

    /**
     * As {@link #pause}, for a reason that statuses show. A version that is being built is given up, and its states are removed.
     *
     * @param reason in words, at most 1,000 characters
     */
    public void stop(String name, String reason) {
        Check.within("reason", MOST_REASON, Check.notNull("reason", reason).length());
        change(name, control -> control.stopped(reason.isEmpty() ? "it was stopped" : reason));
    }

    /**
     * Builds a new version from the first event on, while the version so far goes on and is read. Once it has caught up
     * it is the one that is read, from one moment to the next on all nodes, and the states of the other are removed. It is in
     * vain to ask for the version that is read, or being built, again; another one that is being built is given up.
     *
     * <p>The version has to be defined on the node that leads. One that emits events emits them all again, with other ids: have
     * it use other streams.
     *
     * @throws InvalidInput if there was a higher version already
     */
    public void rebuild(String name, int version) {
        change(name, control -> {
            if (control.active() == version || control.building() == version) {
                return null;
            }
            if (version <= control.last()) {
                throw new InvalidInput("version", "must be above " + control.last() + ", was " + version);
            }
            return control.building(version);
        });
    }

    private interface ControlChange {
        @Nullable
        Control apply(Control control);
    }

    private void change(String name, ControlChange change) {
        checkOpen();
        Check.name(name);
        ledger.access().barrier();
        ledger.change(name, found -> {
            if (found == null && !definitions.has(name)) {
                throw new ProjectionNotFound(name);
            }
            Control control = found == null ? Control.first(definitions.highest(name)) : found;
            return change.apply(control);
        });
    }

    /** The state of a key, as the codec wrote it, in the version that is read, as this node sees it. */
    public Optional<byte[]> get(String name, String key) {
        checkOpen();
        return queries.get(Check.name(name), key);
    }

    /**
     * The state of a key, in the version that is read, as this node sees it.
     *
     * @param codec reads it; during a change of versions the state may be of either
     * @throws IllegalStateException if the codec cannot read it
     */
    public <S> Optional<S> get(String name, String key, StateCodec<S> codec) {
        Check.notNull("codec", codec);
        return get(name, key).map(bytes -> {
            try {
                return codec.decode(bytes);
            } catch (Exception e) {
                throw new IllegalStateException("the state of '" + key + "' cannot be read", e);
            }
        });
    }

    /**
     * Lists states in the order of their keys, in the version that is read, as this node sees it. A page ends early when it
     * has 16 MiB.
     *
     * @param prefix how the keys start; empty for all
     * @param after the key to go on after, {@link StatePage#next} of the page before; null to begin
     * @param limit the most states wanted, 1 to 9,999
     */
    public StatePage list(String name, String prefix, @Nullable String after, int limit) {
        checkOpen();
        return queries.list(Check.name(name), prefix, after, limit);
    }

    /**
     * Waits until all events up to a position have counted, as this node sees it: so who has appended there, on whichever node,
     * reads what follows from it.
     *
     * @param position 0 or more
     * @param timeout how long to wait at most
     * @throws ProjectionBehind if that was not so in time
     * @throws ProjectionStopped if it does not go on by itself
     * @throws io.esdb.StoreFailed if the waiting thread was interrupted (its interrupt flag stays set)
     */
    public void await(String name, long position, Duration timeout) {
        checkOpen();
        if (position < 0) {
            throw new InvalidInput("position", "must not be negative, was " + position);
        }
        awaiting.await(Check.name(name), position, Check.notNull("timeout", timeout));
    }

    /**
     * How a projection is doing, as this node sees it. What the leader struggles with other than the function, such as a disk
     * that is full, is seen on the leader only.
     */
    public ProjectionStatus status(String name) {
        checkOpen();
        return new Statuses(ledger, definitions, supervisor).of(Check.name(name));
    }

    /** The statuses of all projections that are defined here or ever ran, by name. */
    public List<ProjectionStatus> statuses() {
        checkOpen();
        TreeSet<String> names = new TreeSet<>(ledger.names());
        names.addAll(definitions.names());
        return names.stream().map(this::status).toList();
    }

    /**
     * Ends what runs here, and waits for it, 10 seconds at most for each; functions are interrupted then. What was not stored
     * counts when another node, or this one later, goes on. Closing twice does nothing. May be called by a function, which
     * does not wait for itself. The store stays open.
     */
    @Override
    public void close() {
        registrations.forEach(Registration::close);
        signal.close();
        supervisor.close(patience);
        subscriptions.close();
    }

    private void checkOpen() {
        if (signal.isClosed()) {
            throw new ProjectionsClosed(ledger.store().name());
        }
    }
}
