package io.esdb.aggregates;

import io.esdb.aggregates.SnapshotProblem.Kind;
import io.esdb.snapshots.Snapshot;
import io.esdb.snapshots.SnapshotContent;
import io.esdb.snapshots.SnapshotKey;
import io.esdb.snapshots.SnapshotPage;
import io.esdb.snapshots.SnapshotRead;
import io.esdb.snapshots.Snapshots;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/** Finds and saves the snapshots of an aggregate. */
final class SnapshotUse<S> {
    private final Aggregate<?, S, ?> aggregate;
    private final Setup<S> setup;
    private final int keep;
    private final Problems problems;

    /** The streams of which a snapshot is being saved: another one would only make that one later. */
    private final Set<String> saving = ConcurrentHashMap.newKeySet();

    /** What the user chose. */
    record Setup<S>(Snapshots snapshots, StateMapping<S> mapping, SnapshotPolicy policy) {
        Setup {
            Check.notNull("snapshots", snapshots);
            Check.notNull("mapping", mapping);
            Check.notNull("policy", policy);
        }
    }

    SnapshotUse(Aggregate<?, S, ?> aggregate, Setup<S> setup, AggregateOptions options) {
        this.aggregate = aggregate;
        this.setup = setup;
        this.keep = options.keepSnapshots();
        this.problems = new Problems(options.problems());
    }

    /** The newest one that this aggregate can use: another program of another version may have saved its own beside it. */
    Optional<LoadedStream<S>> newest(String stream) {
        SnapshotRead read = SnapshotRead.of(aggregate.name(), stream).backward().limit(1);
        for (int looked = 0; looked < keep; looked++) {
            SnapshotPage page = setup.snapshots().list(read);
            Optional<LoadedStream<S>> saved =
                    page.snapshots().stream().findFirst().flatMap(this::usable);
            SnapshotKey next = page.next();
            if (saved.isPresent() || next == null) {
                return saved;
            }
            read = read.from(next);
        }
        return Optional.empty();
    }

    private Optional<LoadedStream<S>> usable(Snapshot snapshot) {
        SnapshotContent content = snapshot.content();
        SnapshotKey key = snapshot.key();
        if (content.schemaVersion() != aggregate.stateVersion()
                || !content.type().equals(aggregate.name())
                || !content.contentType().equals(setup.mapping().contentType())) {
            return Optional.empty();
        }
        try {
            S state = Check.notNull("state", setup.mapping().read().apply(content.data()));
            return Optional.of(new LoadedStream<>(state, key.version(), key.version(), 0));
        } catch (RuntimeException e) {
            report(key, Kind.NOT_READABLE, e);
            return Optional.empty();
        }
    }

    /**
     * Whether one is to be saved.
     *
     * @param events how many came since the last one
     * @param load how long the load took
     */
    boolean isDue(String stream, long events, Duration load) {
        return setup.policy().isDue(events, load) && !saving.contains(stream);
    }

    /**
     * Begins to save it, and does not wait.
     *
     * @param onFailure called, on any thread, if it cannot be saved
     */
    void save(String stream, long version, S state, Runnable onFailure) {
        SnapshotKey key = new SnapshotKey(aggregate.name(), stream, version);
        saving.add(stream);
        try {
            byte[] data = Check.notNull("data", setup.mapping().write().apply(state));
            SnapshotContent content = new SnapshotContent(
                    aggregate.name(), aggregate.stateVersion(), setup.mapping().contentType(), data);
            Object unused = setup.snapshots().recordAsync(key, content, keep).whenComplete((kept, failure) -> {
                saving.remove(stream);
                if (failure != null) {
                    onFailure.run();
                    report(key, Kind.NOT_SAVED, failure);
                }
            });
        } catch (RuntimeException e) {
            saving.remove(stream);
            onFailure.run();
            report(key, Kind.NOT_SAVED, e);
        }
    }

    private void report(SnapshotKey key, Kind kind, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        problems.report(new SnapshotProblem(aggregate.name(), key.stream(), key.version(), kind, cause));
    }
}
