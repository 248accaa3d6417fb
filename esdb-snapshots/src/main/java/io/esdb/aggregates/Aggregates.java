package io.esdb.aggregates;

import io.esdb.AppendCondition;
import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.Consistency;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.InvalidInput;
import io.esdb.Query;
import io.esdb.StreamAppend;
import io.esdb.snapshots.Snapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates of one kind in a store: loads their state, decides commands on it, appends what happened, and decides
 * again if another append came in between. So no decision is lost, and none rests on what was no longer true when its
 * events were written.
 *
 * <p>All calls block, on the calling thread, and for as long as the store's timeout lets each of their reads and appends
 * take. Holds nothing but states in memory, if the options say so, and need not be closed; safe to use from any thread, as far as the functions are.
 *
 * <p>Besides what each call names, it fails as the store's reads and appends do, with what the functions of the domain
 * throw, and with what the mapping throws for an event that it cannot read.
 *
 * @param <C> the commands
 * @param <S> the state
 * @param <E> the domain's events
 */
public final class Aggregates<C, S, E> {
    private final EventStore store;
    private final Aggregate<C, S, E> aggregate;
    private final EventMapping<E> mapping;
    private final AggregateOptions options;
    private final SnapshotUse.@Nullable Setup<S> setup;

    private final @Nullable SnapshotUse<S> snapshots;
    private final RecentStates<S> recent;
    private final Loader<S, E> loader;
    private final Attempts attempts;
    private final SureAppend appends;

    private Aggregates(
            EventStore store,
            Aggregate<C, S, E> aggregate,
            EventMapping<E> mapping,
            AggregateOptions options,
            SnapshotUse.@Nullable Setup<S> setup) {
        this.store = Check.notNull("store", store);
        this.aggregate = Check.notNull("aggregate", aggregate);
        this.mapping = Check.notNull("mapping", mapping);
        this.options = Check.notNull("options", options);
        this.setup = setup;
        this.snapshots = setup == null ? null : new SnapshotUse<>(aggregate, setup, options);
        this.recent = new RecentStates<>(options.cachedStates());
        this.loader = new Loader<>(store, aggregate, mapping, snapshots, recent);
        this.attempts = new Attempts(options);
        this.appends = new SureAppend(store, options.indeterminateRetries());
    }

    /** Aggregates of this kind, without snapshots, with the default options. */
    public static <C, S, E> Aggregates<C, S, E> on(
            EventStore store, Aggregate<C, S, E> aggregate, EventMapping<E> mapping) {
        return new Aggregates<>(store, aggregate, mapping, AggregateOptions.defaults(), null);
    }

    /** The same with these options. */
    public Aggregates<C, S, E> withOptions(AggregateOptions options) {
        return new Aggregates<>(store, aggregate, mapping, options, setup);
    }

    /**
     * The same with snapshots: loads of streams begin with the newest of this state version, and commands save the state
     * after them by the policy. A command does not wait for the save, and never fails by it.
     *
     * @param snapshots of the same store
     * @throws InvalidInput if they are of another one
     */
    public Aggregates<C, S, E> withSnapshots(Snapshots snapshots, StateMapping<S> states, SnapshotPolicy policy) {
        String other = Check.notNull("snapshots", snapshots).store();
        if (!other.equals(store.name())) {
            throw new InvalidInput("snapshots", "must be of store '" + store.name() + "', were of '" + other + "'");
        }
        return new Aggregates<>(store, aggregate, mapping, options, new SnapshotUse.Setup<>(snapshots, states, policy));
    }

    /** The state of a stream now. */
    public LoadedStream<S> load(String stream) {
        return loader.load(Check.notNull("stream", stream), options.consistency());
    }

    /** The state that follows from the events that match a query now. */
    public LoadedQuery<S> load(Query query) {
        return loader.load(Check.notNull("query", query), options.consistency());
    }

    /**
     * Decides a command on the state of a stream, and appends what happens to it, if nothing was appended to it since it
     * was read; otherwise reads and decides again.
     *
     * @throws TooManyConflicts if that did not end as soon as the options say; nothing was written
     * @throws io.esdb.IndeterminateAppend if no answer came to any of the append's attempts: the events may have been
     *     written, once. Read the stream to know
     */
    public Executed<S, E> execute(String stream, C command) {
        Check.notNull("command", command);
        String target = "stream '" + Check.notNull("stream", stream) + "'";
        return attempts.untilNoConflict(target, (number, consistency) -> attempt(stream, command, number, consistency));
    }

    private Executed<S, E> attempt(String stream, C command, int number, Consistency consistency) {
        long begun = System.nanoTime();
        LoadedStream<S> loaded = loader.load(stream, consistency);
        Duration load = Duration.ofNanos(System.nanoTime() - begun);
        List<E> events = aggregate.decided(loaded.state(), command);
        S state = aggregate.evolved(loaded.state(), events);
        AppendResult appended = events.isEmpty()
                ? null
                : appends.append(AppendRequest.to(stream, ExpectedRevision.after(loaded.revision()), written(events)));
        long revision = appended == null ? loaded.revision() : appended.lastRevision();
        keep(
                stream,
                new LoadedStream<>(state, revision, loaded.snapshotVersion(), loaded.events() + events.size()),
                load);
        return new Executed<>(state, events, appended, number);
    }

    /** Keeps the state after a command in memory and, if that is due, as a snapshot. */
    private void keep(String stream, LoadedStream<S> now, Duration load) {
        if (snapshots == null || now.events() == 0 || !snapshots.isDue(stream, now.events(), load)) {
            remember(stream, now);
        } else {
            remember(stream, new LoadedStream<>(now.state(), now.revision(), now.revision(), 0));
            snapshots.save(stream, now.revision(), now.state(), () -> recent.forget(stream));
        }
    }

    private void remember(String stream, LoadedStream<S> state) {
        if (state.revision() >= 0) {
            recent.put(stream, state);
        }
    }

    /**
     * Decides a command on the events that match a query, in whatever streams, and appends what happens, if no event that
     * matches was appended since they were read; otherwise reads and decides again. Without snapshots.
     *
     * @param boundary the events that the decision rests on; every item names a type, a tag or a category
     * @param streams the stream that an event goes to. Events of one stream are appended side by side
     * @throws TooManyConflicts if that did not end as soon as the options say; nothing was written
     * @throws io.esdb.IndeterminateAppend if no answer came to any of the append's attempts: the events may have been
     *     written, once. Read by the query to know
     */
    public Executed<S, E> execute(Query boundary, Function<? super E, String> streams, C command) {
        Check.notNull("command", command);
        Check.notNull("streams", streams);
        AppendCondition unused = AppendCondition.noneMatches(boundary); // refuses what cannot be a condition
        return attempts.untilNoConflict(
                boundary.toString(), (number, consistency) -> attempt(boundary, streams, command, number, consistency));
    }

    private Executed<S, E> attempt(
            Query boundary, Function<? super E, String> streams, C command, int number, Consistency consistency) {
        LoadedQuery<S> loaded = loader.load(boundary, consistency);
        List<E> events = aggregate.decided(loaded.state(), command);
        S state = aggregate.evolved(loaded.state(), events);
        if (events.isEmpty()) {
            return new Executed<>(state, events, null, number);
        }
        AppendCondition condition = AppendCondition.noneMatchesAfter(boundary, loaded.asOf());
        return new Executed<>(
                state, events, appends.append(new AppendRequest(byStream(events, streams), condition)), number);
    }

    private List<StreamAppend> byStream(List<E> events, Function<? super E, String> streams) {
        Map<String, List<E>> byStream = new LinkedHashMap<>();
        for (E event : events) {
            String stream = Check.notNull("stream", streams.apply(event));
            byStream.computeIfAbsent(stream, name -> new ArrayList<>()).add(event);
        }
        return byStream.entrySet().stream()
                .map(part -> new StreamAppend(part.getKey(), ExpectedRevision.any(), written(part.getValue())))
                .toList();
    }

    private List<EventData> written(List<E> events) {
        return events.stream()
                .map(event -> Check.notNull("event written", mapping.write().apply(event)))
                .toList();
    }
}
