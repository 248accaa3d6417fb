package io.esdb.engine;

import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.BackupInfo;
import io.esdb.Consistency;
import io.esdb.EventPage;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.InvalidInput;
import io.esdb.LeadershipListener;
import io.esdb.LogRead;
import io.esdb.RecordedEvent;
import io.esdb.Registration;
import io.esdb.StoreClosed;
import io.esdb.StoreStatistics;
import io.esdb.StoreStatus;
import io.esdb.StreamInfo;
import io.esdb.StreamLimits;
import io.esdb.StreamList;
import io.esdb.StreamNames;
import io.esdb.StreamRead;
import io.esdb.VerifyReport;
import io.esdb.machine.Append;
import io.esdb.machine.Command;
import io.esdb.machine.DeleteStream;
import io.esdb.machine.LimitStream;
import io.esdb.machine.TrimStream;
import io.esdb.spi.Documents;
import io.esdb.spi.Question;
import io.esdb.spi.StoreAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The event store that users hold: checks what they ask and hands it to the write path or the read path. */
public final class EngineStore implements EventStore, StoreAccess {
    /** Longer than all that a closing waits for; a second one waits no longer. */
    private static final Duration CLOSING = Duration.ofMinutes(2);

    private final StoreParts parts;
    private final RequestCheck check;
    private final Answers answers;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Documents documents;

    EngineStore(StoreParts parts) {
        this.parts = parts;
        this.check = new RequestCheck(parts.options().limits());
        this.answers = new Answers(parts.name());
        this.documents = new EngineDocuments(parts, closed::get);
    }

    @Override
    public String name() {
        return parts.name();
    }

    @Override
    public AppendResult append(AppendRequest request) {
        Append command = command(request);
        return answers.appended(parts.writes().call(command), request);
    }

    @Override
    public CompletionStage<AppendResult> appendAsync(AppendRequest request) {
        Append command = command(request);
        return parts.writes().callAsync(command, reply -> answers.appended(reply, request));
    }

    private Append command(AppendRequest request) {
        checkOpen();
        check.append(notNull("request", request));
        return new Append(parts.clockMicros(), request);
    }

    @Override
    public EventPage read(StreamRead read) {
        await(notNull("read", read).consistency());
        return inView(view -> new StreamReader(view, parts.options().limits(), parts.clockMicros()).read(read));
    }

    @Override
    public EventPage read(LogRead read) {
        check.query(notNull("read", read).query());
        await(read.consistency());
        return Failures.translated(name(), () -> {
            EventPage recent = parts.recent().read(read);
            return recent != null
                    ? recent
                    : inView(view -> new LogReader(view, parts.options().limits(), parts.clockMicros()).read(read));
        });
    }

    private void await(Consistency consistency) {
        checkOpen();
        if (consistency == Consistency.LINEARIZABLE) {
            parts.writes().barrier();
        }
    }

    @Override
    public Optional<RecordedEvent> event(UUID id) {
        notNull("id", id);
        return inView(view -> new Inspection(view, parts.clockMicros()).event(id));
    }

    @Override
    public Optional<StreamInfo> stream(String stream) {
        StreamRead.forward(stream); // has the rules for a name that is only read
        return inView(view -> new Inspection(view, parts.clockMicros()).stream(stream));
    }

    @Override
    public StreamList streams(String prefix, String after, int limit) {
        StreamNames.part("prefix", prefix);
        StreamNames.part("after", after);
        if (limit < 1 || limit > StreamLister.MOST) {
            throw new InvalidInput("limit", "must be between 1 and " + StreamLister.MOST + ", was " + limit);
        }
        return inView(view -> new StreamLister(view).list(prefix, after, limit));
    }

    @Override
    public boolean delete(String stream, ExpectedRevision expected) {
        return change(stream, new DeleteStream(stream, notNull("expected", expected), false), expected);
    }

    @Override
    public boolean tombstone(String stream, ExpectedRevision expected) {
        return change(stream, new DeleteStream(stream, notNull("expected", expected), true), expected);
    }

    @Override
    public boolean trim(String stream, long before) {
        if (before < 0) {
            throw new InvalidInput("before", "must not be negative, was " + before);
        }
        return change(stream, new TrimStream(stream, before), ExpectedRevision.any());
    }

    @Override
    public void limit(String stream, StreamLimits limits) {
        notNull("limits", limits);
        Long count = limits.maxCount();
        Duration age = limits.maxAge();
        long micros = age == null ? 0 : TimeUnit.MICROSECONDS.convert(age);
        change(stream, new LimitStream(stream, count == null ? 0 : count, micros), ExpectedRevision.any());
    }

    private boolean change(String stream, Command command, ExpectedRevision expected) {
        checkOpen();
        check.stream(stream);
        return answers.changed(parts.writes().call(command), expected);
    }

    @Override
    public long sweep() {
        checkOpen();
        return Failures.translated(name(), () -> new Sweeper(parts).sweep());
    }

    @Override
    public StoreStatistics statistics() {
        checkOpen();
        return Failures.translated(name(), () -> {
            long diskBytes = parts.storage().diskBytes();
            return inView(view -> new Inspection(view, parts.clockMicros()).statistics(diskBytes));
        });
    }

    @Override
    public VerifyReport verify() {
        checkOpen();
        return Failures.translated(name(), () -> {
            List<String> problems = parts.storage().verify();
            return inView(view -> new Verifier(view, problems).verify());
        });
    }

    @Override
    public BackupInfo backup(Path folder) {
        checkOpen();
        return parts.backups().take(parts.storage(), notNull("folder", folder));
    }

    @Override
    public void awaitPosition(long position, Duration timeout) {
        checkOpen();
        if (position < 0) {
            throw new InvalidInput("position", "must not be negative, was " + position);
        }
        parts.signals().await(position, notNull("timeout", timeout));
    }

    @Override
    public StoreStatus status() {
        checkOpen();
        StoreStatus status = parts.log().status();
        Throwable reason = parts.machine().condition().reason();
        return reason == null ? status : status.withProblem("it takes no writes: " + reason.getMessage());
    }

    @Override
    public Registration leadership(LeadershipListener listener) {
        checkOpen();
        return parts.signals().leadership(notNull("listener", listener));
    }

    @Override
    public Registration leadershipNow(LeadershipListener listener) {
        checkOpen();
        return parts.log().leadership(listener);
    }

    @Override
    public Registration wakeUps(Runnable listener) {
        checkOpen();
        return parts.signals().wakeUps(listener);
    }

    @Override
    public <Q, A> CompletionStage<A> ask(Question<Q, A> kind, Q question) {
        checkOpen();
        return parts.signals().ask(kind, question);
    }

    @Override
    public <Q, A> Registration answer(Question<Q, A> kind, Function<Q, CompletionStage<A>> handler) {
        checkOpen();
        return parts.signals().answer(kind, handler);
    }

    @Override
    public Documents documents() {
        return documents;
    }

    @Override
    public void barrier() {
        checkOpen();
        parts.writes().barrier();
    }

    @Override
    public void force() {
        checkOpen();
        parts.force();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                parts.close();
            } finally {
                ended.countDown();
            }
        } else {
            boolean unused = Uninterruptibly.until(CLOSING, nanos -> ended.await(nanos, TimeUnit.NANOSECONDS));
        }
    }

    /** Whether it was closed, or is being closed. */
    public boolean isClosed() {
        return closed.get();
    }

    private <T> T inView(Function<StoreView, T> reader) {
        checkOpen();
        return Failures.translated(name(), () -> {
            try (StoreView view = parts.machine().view(parts.settings())) {
                return reader.apply(view);
            }
        });
    }

    private void checkOpen() {
        if (closed.get()) {
            throw new StoreClosed(name());
        }
    }

    private static <T> T notNull(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidInput(field, "must not be null");
        }
        return value;
    }
}
