package io.esdb.engine;

import io.esdb.IndeterminateAppend;
import io.esdb.format.ChangeWriter;
import io.esdb.format.CommandCodec;
import io.esdb.format.FormatException;
import io.esdb.format.Progress;
import io.esdb.format.ReplyCodec;
import io.esdb.format.StateDigest;
import io.esdb.machine.Command;
import io.esdb.machine.Decision;
import io.esdb.machine.PendingState;
import io.esdb.machine.Reply;
import io.esdb.machine.Settings;
import io.esdb.spi.Branch;
import io.esdb.spi.LogConsumer;
import io.esdb.spi.LogEntry;
import io.esdb.spi.LogIndex;
import io.esdb.spi.LogState;
import io.esdb.spi.ReadView;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageException;
import io.esdb.spi.WriteBatch;
import java.io.Serial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Applies log entries to the storage: decides each command and commits the changes of all of them as one batch. */
final class StateMachine implements LogConsumer {
    private final String store;
    private final Storage storage;
    private final Views views;
    private final WakeUps wakeUps;
    private final Questions questions;
    private final RecentEvents events;
    private final RecentStreams streams = new RecentStreams();
    private final RecentTerms terms = new RecentTerms();
    private final RecentDocuments documents = new RecentDocuments();
    private @Nullable Settings settings;
    private Progress progress = Progress.none();
    private volatile Condition condition = Condition.healthy();

    StateMachine(String store, Storage storage) {
        this(store, storage, new RecentEvents(0), new WakeUps(store), new Questions(store));
    }

    StateMachine(String store, Storage storage, RecentEvents events, WakeUps wakeUps, Questions questions) {
        this.store = store;
        this.storage = storage;
        this.views = new Views(storage);
        this.events = events;
        this.wakeUps = wakeUps;
        this.questions = questions;
        load();
    }

    /** Whether writes can be served now, and if not, why. */
    Condition condition() {
        return condition;
    }

    /** What was decided when the store was created; null before that. */
    synchronized @Nullable Settings settings() {
        return settings;
    }

    /** A view of a store with these settings. */
    StoreView view(Settings settings) {
        return views.view(settings);
    }

    @Override
    public synchronized LogIndex applied() {
        return progress.applied();
    }

    @Override
    public synchronized List<byte[]> apply(List<LogEntry> entries) {
        condition.check(store);
        try (ReadView view = storage.view()) {
            return apply(entries, view);
        } catch (CommitFailed e) {
            condition = Condition.failing(e.failure());
            throw e.failure();
        } catch (StorageException | FormatException e) {
            throw Failures.ofRead(store, e); // nothing was written, and the next batch may fare better
        } catch (Throwable e) { // whatever it was, nobody knows now how far this node has come
            condition = Condition.broken(e);
            throw new IndeterminateAppend(store, "this node failed while it applied commands: " + e, e);
        }
    }

    private List<byte[]> apply(List<LogEntry> entries, ReadView view) throws CommitFailed {
        PendingState state =
                new PendingState(new StoredState(view, settings, progress.counters(), streams, terms, documents));
        WriteBatch batch = new WriteBatch();
        StateDigest digest = new StateDigest(progress.digest());
        ChangeWriter writer = new ChangeWriter(batch, digest);
        List<byte[]> replies = new ArrayList<>(entries.size());
        LogIndex last = progress.applied();
        for (LogEntry entry : entries) {
            last = following(last, entry.at());
            for (byte[] command : entry.commands()) {
                replies.add(ReplyCodec.encode(decide(command, state, writer)));
            }
        }
        Progress next = new Progress(last, state.counters(), digest.current());
        batch.put(Branch.META, Progress.key(), next.encode());
        commit(batch);
        settings = state.settings();
        progress = next;
        views.reached(next);
        events.add(batch, state.touchedStreams().values());
        state.touchedStreams().values().forEach(streams::put);
        state.touchedDocuments().forEach(documents::put);
        terms.add(state.touchedTerms(), next.counters().nextPosition());
        wakeUps.reached(next.counters().nextPosition() - 1);
        wakeUps.changed(state.touchedDocuments().keySet());
        return replies;
    }

    private void commit(WriteBatch batch) throws CommitFailed {
        try {
            storage.commit(batch, this::changing);
        } catch (StorageException e) {
            throw new CommitFailed(e);
        }
    }

    private void changing() {
        views.changing();
        events.changing();
    }

    private static Reply decide(byte[] bytes, PendingState state, ChangeWriter writer) {
        Command command;
        try {
            command = CommandCodec.decode(bytes);
        } catch (FormatException e) {
            return new Reply.Refused("not a command: " + e.getMessage());
        }
        Decision decision = command.decide(state);
        state.add(decision.changes());
        Settings settings = state.settings();
        if (settings != null) {
            writer.write(decision.changes(), settings);
        }
        return decision.reply();
    }

    private static LogIndex following(LogIndex last, LogIndex next) {
        if (next.index() != last.index() + 1 || next.term() < last.term()) {
            throw new IllegalStateException("entry " + next + " does not follow " + last);
        }
        return next;
    }

    /** Tries to serve writes again after the storage failed; does nothing while all is well. */
    synchronized void recover() {
        if (condition.isFailing()) {
            changing();
            storage.recover();
            load();
            condition = Condition.healthy();
        }
    }

    @Override
    public synchronized LogIndex sync() {
        condition.check(store);
        try {
            storage.sync();
            return progress.applied();
        } catch (StorageException e) {
            condition = Condition.failing(e);
            throw e;
        }
    }

    @Override
    public synchronized LogState state() {
        return new LogState(progress.applied(), progress.digest());
    }

    @Override
    public LogIndex image(Path folder) {
        LogIndex first = applied();
        storage.image(folder);
        return first;
    }

    @Override
    public synchronized LogIndex install(Path image) {
        changing();
        storage.install(image);
        try {
            load();
        } catch (RuntimeException e) {
            condition = Condition.broken(e);
            throw e;
        }
        condition = Condition.healthy();
        return progress.applied();
    }

    private void load() {
        try (StoreView view = StoreView.of(storage)) {
            OpenCheck.check(store, view);
            streams.clear();
            documents.clear();
            settings = view.settings();
            progress = view.progress();
            views.reached(progress);
            events.restart(progress.counters().nextPosition());
            terms.restart(progress.counters().nextPosition());
            wakeUps.reached(progress.counters().nextPosition() - 1);
            wakeUps.anyChanged();
        }
    }

    @Override
    public CompletionStage<byte[]> answer(byte[] question) {
        return questions.answer(question);
    }

    /** Tells a failed commit, after which nothing is certain, from a failed read. */
    private static final class CommitFailed extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        private final StorageException failure;

        CommitFailed(StorageException failure) {
            super(failure);
            this.failure = failure;
        }

        StorageException failure() {
            return failure;
        }
    }
}
