package io.esdb.subscriptions.persistent;

import io.esdb.EsdbException;
import io.esdb.EventStore;
import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import io.esdb.Registration;
import io.esdb.spi.Branch;
import io.esdb.spi.DocumentKey;
import io.esdb.spi.StoreAccess;
import io.esdb.subscriptions.From;
import io.esdb.subscriptions.Selector;
import io.esdb.subscriptions.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The persistent subscriptions of a store. Make one for the store on each node that may lead or has consumers, and close it
 * before the store. Safe to use from any thread.
 *
 * <p>A persistent subscription has a name and is kept in the store: how far it is, how often events failed, which events were
 * set aside. The leader, and only the leader, runs it; its consumers may be connected on any node. Each selected event is
 * delivered at least once; no event is passed over; events of one key ({@link OrderBy}) are handled one after the
 * other, in order. What is delivered twice: events whose acknowledgement was not stored when the leader changed or its pool
 * began anew, those of consumers that went away, and those that took too long.
 *
 * <p>Operations may be called on any node. They wait until they are stored, fail as {@code EventStore.append} does, and
 * take effect on the leader a moment later. After {@link io.esdb.IndeterminateAppend} look at {@link #info}.
 */
public final class PersistentSubscriptions implements AutoCloseable {
    /** The most subscriptions of a store. */
    public static final int MOST = 10_000;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration STALE = Duration.ofMinutes(1);

    private final Site site;
    private final Catalog catalog;
    private final Census census;
    private final ParkedEvents parked;
    private final Pools pools;
    private final Duration patience;
    private final List<Registration> registrations = new ArrayList<>();
    private final Overview overview;
    private final Consumers consumers;
    private volatile boolean closed;

    private PersistentSubscriptions(Site site, Duration patience) {
        this.site = site;
        this.patience = patience;
        this.catalog = new Catalog(site.access());
        this.census = new Census(catalog);
        this.parked = new ParkedEvents(site.access());
        this.pools = new Pools(site, catalog);
        this.overview = new Overview(site.access(), parked);
        this.consumers = new Consumers(site, pools::ask, this::isThere);
    }

    /**
     * The persistent subscriptions of this store. From now on this node runs them whenever it leads.
     *
     * @throws InvalidInput if the store does not come from {@code EventStores}, or has them already on this node
     * @throws io.esdb.StoreClosed if it is closed
     */
    public static PersistentSubscriptions on(EventStore store) {
        return on(store, PATIENCE);
    }

    static PersistentSubscriptions on(EventStore store, Duration patience) {
        if (!(Check.notNull("store", store) instanceof StoreAccess access)) {
            throw new InvalidInput("store", "must come from EventStores, was a " + store.getClass());
        }
        Site site = new Site(store, access, Subscriptions.on(store), new Crew(store.name()));
        PersistentSubscriptions opened = new PersistentSubscriptions(site, patience);
        try {
            opened.open();
            return opened;
        } catch (EsdbException e) {
            opened.close();
            throw e;
        }
    }

    private void open() {
        StoreAccess access = site.access();
        registrations.add(access.answer(Poll.KIND, pools.answers()::poll));
        registrations.add(access.answer(PoolReport.KIND, pools.answers()::reports));
        registrations.add(access.documents().changedKeys(Branch.SUBSCRIPTIONS, this::changed));
        registrations.add(access.leadershipNow(pools::leadership));
        pools.start();
    }

    private void changed(Set<DocumentKey> keys) {
        census.changed(keys);
        pools.changed(keys);
    }

    private void checkOpen() {
        if (closed) {
            throw new PersistentSubscriptionsClosed(site.store().name());
        }
    }

    /**
     * Creates a subscription, which runs from then on.
     *
     * @param name 1 to 200 bytes of UTF-8 without control characters
     * @param from where it begins; {@link From#end} is the end at the time of this call
     * @throws SubscriptionExists if there is one of this name
     * @throws InvalidInput if it is to begin after a revision and the selector is not one stream, or the revision lies ahead
     * @throws io.esdb.LimitExceeded if there are {@value #MOST} already, or the name is too long
     */
    public void create(String name, Selector selector, From from, PersistentOptions options) {
        Check.name(name);
        Check.notNull("selector", selector);
        Check.notNull("options", options);
        checkOpen();
        site.access().barrier();
        if (catalog.exists(name)) {
            throw new SubscriptionExists(name);
        }
        int count = census.count() + 1;
        if (count > MOST) {
            throw new LimitExceeded("subscriptions", MOST, count);
        }
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        long position = Start.of(site.store(), selector, Check.notNull("from", from));
        catalog.create(new Definition(UUID.randomUUID(), 1, name, selector, position, options, false, "", now));
    }

    /**
     * Gives a subscription another selector and other options. It goes on where it is, so events that only the new selector
     * selects are delivered from there on, all of those that are appended after this returned. With another selector, events
     * that were acknowledged since its place was last stored may come once more.
     *
     * @throws SubscriptionNotFound if there is none
     */
    public void update(String name, Selector selector, PersistentOptions options) {
        Check.notNull("selector", selector);
        Check.notNull("options", options);
        change(name, definition -> definition.with(selector, options));
    }

    /**
     * Removes a subscription and all that is kept of it, parked events too.
     *
     * @throws SubscriptionNotFound if there is none
     */
    public void delete(String name) {
        checkOpen();
        catalog.delete(Check.name(name));
    }

    /**
     * Lets a subscription begin anew at a place. What it knows of single events is forgotten, but parked events stay parked,
     * and those that were to be replayed and are not done with are parked again.
     *
     * @throws SubscriptionNotFound if there is none
     */
    public void reset(String name, From from) {
        Check.notNull("from", from);
        change(name, definition -> definition.resetTo(Start.of(site.store(), definition.selector(), from)));
    }

    /**
     * Ends deliveries until {@link #resume}. Events with consumers are given back.
     *
     * @throws SubscriptionNotFound if there is none
     */
    public void pause(String name) {
        change(name, Definition::pausedNow);
    }

    /**
     * Lets a subscription that was paused or stopped go on.
     *
     * @throws SubscriptionNotFound if there is none
     */
    public void resume(String name) {
        change(name, Definition::resumed);
    }

    private void change(String name, UnaryOperator<Definition> change) {
        checkOpen();
        catalog.change(Check.name(name), change);
    }

    /**
     * Parked events, in the order of positions.
     *
     * @param after -1, or the position of the last one of the page before
     * @param limit 1 to 1,000
     * @throws SubscriptionNotFound if there is none
     */
    public List<ParkedEvent> parked(String name, long after, int limit) {
        Check.range("after", -1, Long.MAX_VALUE - 1, after);
        Check.range("limit", 1, 1_000, limit);
        return parked.list(idOf(name), after, limit);
    }

    /**
     * Lets all parked events be delivered once more, as if they had never been tried. Until they are done with, {@link
     * SubscriptionInfo#replaying} counts them.
     *
     * @return how many
     * @throws SubscriptionNotFound if there is none
     */
    public long replayParked(String name) {
        return parked.replay(idOf(name));
    }

    /**
     * Lets one parked event be delivered once more.
     *
     * @return whether it was parked
     * @throws SubscriptionNotFound if there is none
     */
    public boolean replayParked(String name, long position) {
        Check.range("position", 0, Long.MAX_VALUE - 1, position);
        return parked.replay(idOf(name), position);
    }

    /**
     * Forgets a parked event.
     *
     * @return whether it was parked
     * @throws SubscriptionNotFound if there is none
     */
    public boolean discardParked(String name, long position) {
        Check.range("position", 0, Long.MAX_VALUE - 1, position);
        return parked.discard(idOf(name), position);
    }

    private UUID idOf(String name) {
        checkOpen();
        return catalog.get(Check.name(name)).definition().id();
    }

    /**
     * How a subscription is doing.
     *
     * @throws SubscriptionNotFound if there is none
     */
    public SubscriptionInfo info(String name) {
        checkOpen();
        return overview.of(List.of(catalog.get(Check.name(name)))).get(0);
    }

    /** How all subscriptions are doing, by name. */
    public List<SubscriptionInfo> list() {
        checkOpen();
        site.access().barrier();
        return overview.of(List.copyOf(catalog.all().values()));
    }

    /** What is wrong; a subscription that gets nothing done for a minute is stale. */
    public HealthReport health() {
        return health(STALE);
    }

    /** What is wrong; a subscription that gets nothing done for so long is stale. */
    public HealthReport health(Duration stale) {
        Check.notNull("stale", stale);
        return HealthReport.of(list(), pools.names(), stale).with(consumers.unanswered());
    }

    /** As {@link #connect(String, EventHandler, ConsumerOptions)}, with the default options. */
    public ConnectedConsumer connect(String name, EventHandler handler) {
        return connect(name, handler, ConsumerOptions.defaults());
    }

    /**
     * Connects a consumer that handles events one at a time. It stays connected, whichever node leads, until it is closed or
     * the subscription is deleted, whatever is created under its name then; {@link ConnectedConsumer#ended} tells.
     *
     * @throws SubscriptionNotFound if there is none
     */
    public ConnectedConsumer connect(String name, EventHandler handler, ConsumerOptions options) {
        Check.notNull("handler", handler);
        Check.notNull("options", options);
        return connected(name, some -> handler.handle(some.get(0)), options.withBatch(1));
    }

    /**
     * Connects a consumer that handles several events at a time.
     *
     * @throws SubscriptionNotFound if there is none
     */
    public ConnectedConsumer connectBatches(String name, BatchHandler handler, ConsumerOptions options) {
        Check.notNull("handler", handler);
        Check.notNull("options", options);
        return connected(name, handler, options);
    }

    private ConnectedConsumer connected(String name, BatchHandler handler, ConsumerOptions options) {
        checkOpen();
        UUID id = catalog.get(Check.name(name)).definition().id();
        return consumers.connect(name, id, handler, options);
    }

    private boolean isThere(String name, UUID id) {
        site.access().barrier();
        return catalog.find(name)
                .filter(one -> one.definition().id().equals(id))
                .isPresent();
    }

    /**
     * Closes all consumers, ends the pools of this node after they have stored what was acknowledged, and waits for handlers
     * under way, 10 seconds at most; then they are interrupted. Another node that leads goes on. Closing twice does nothing.
     * May be called by a handler, which does not wait.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        List<ConsumerLink> connected = consumers.close();
        if (!site.crew().isOwnThread()) {
            consumers.await(patience);
        }
        registrations.forEach(Registration::close);
        pools.close(site.crew().isOwnThread() ? Duration.ZERO : patience);
        site.crew().close(patience);
        site.feeds().close();
        connected.forEach(ConsumerLink::abandon);
    }
}
