package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.EventPage;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.LogRead;
import io.esdb.RecordedEvent;
import io.esdb.StoreClosed;
import io.esdb.StoreOptions;
import io.esdb.StoreStatistics;
import io.esdb.StreamRead;
import io.esdb.WrongExpectedRevision;
import io.esdb.host.EventStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Opens a fresh store for each test of a contract, and checks it when the test is over. */
abstract class EventStoreFixture {
    static final ExpectedRevision ANY = ExpectedRevision.any();
    static final ExpectedRevision NO_STREAM = ExpectedRevision.noStream();
    static final ExpectedRevision EXISTS = ExpectedRevision.exists();

    Path temp;
    ManualClock clock;
    EventStores stores;
    EventStore store;

    abstract EventStores newStores(Path root, ManualClock clock);

    @BeforeEach
    void openFresh(@TempDir Path folder) {
        temp = folder;
        clock = new ManualClock();
        stores = newStores(root(), clock);
        store = stores.open("contract", options());
    }

    /** Without the newest events in memory: reads are to find what the storage holds. */
    StoreOptions options() {
        return StoreOptions.defaults().withRecentBytes(0);
    }

    /** Whatever a test did, it left a sound store. */
    @AfterEach
    void checkAndClose() {
        try {
            assertThat(store.verify().problems()).as("problems found by verify").isEmpty();
        } catch (StoreClosed closedByTheTest) {
            reopen();
            assertThat(store.verify().problems()).as("problems found by verify").isEmpty();
        } finally {
            stores.close();
        }
    }

    Path root() {
        return temp.resolve("stores");
    }

    void reopen() {
        reopen(options());
    }

    void reopen(StoreOptions options) {
        stores.close();
        stores = newStores(root(), clock);
        store = stores.open("contract", options);
    }

    static EventData event(String type) {
        return EventData.json(type, ("{\"is\":\"" + type + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    static EventData[] events(int count) {
        return IntStream.range(0, count).mapToObj(i -> event("Counted")).toArray(EventData[]::new);
    }

    void append(String stream, int count) {
        store.append(stream, ANY, events(count));
    }

    List<RecordedEvent> all() {
        return store.read(LogRead.forward()).events();
    }

    List<RecordedEvent> of(String stream) {
        return store.read(StreamRead.forward(stream)).events();
    }

    long lastPosition() {
        return store.statistics().lastPosition();
    }

    static List<Long> positions(EventPage page) {
        return page.events().stream().map(RecordedEvent::position).toList();
    }

    static List<Long> positions(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::position).toList();
    }

    static List<Long> revisions(EventPage page) {
        return page.events().stream().map(RecordedEvent::revision).toList();
    }

    static List<Long> revisions(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::revision).toList();
    }

    static List<String> types(EventPage page) {
        return page.events().stream().map(RecordedEvent::type).toList();
    }

    /**
     * These are the figures of the same content. With peers the log has entries of its own, say when another node
     * begins to lead, so only there the applied index may have gone on.
     */
    static void assertSameFigures(EventStore store, StoreStatistics then) {
        StoreStatistics now = store.statistics();
        boolean alone = store.status().member().isEmpty();
        assertThat(now)
                .usingRecursiveComparison()
                .ignoringFields(alone ? new String[] {"diskBytes"} : new String[] {"diskBytes", "appliedIndex"})
                .isEqualTo(then);
        assertThat(now.appliedIndex()).isGreaterThanOrEqualTo(then.appliedIndex());
    }

    /** The failure of a call, which has to be of this type. */
    static <T extends Throwable> T failure(Class<T> type, ThrowingCallable call) {
        T failure = catchThrowableOfType(type, call);
        assertThat(failure).as("a failure of type " + type.getSimpleName()).isNotNull();
        return failure;
    }

    /** What a stage failed with. */
    static Throwable failureOf(CompletionStage<?> stage) throws InterruptedException, TimeoutException {
        try {
            Object result = stage.toCompletableFuture().get(1, TimeUnit.MINUTES);
            throw new AssertionError("expected a failure, was " + result);
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        }
    }

    /** The request is refused since this stream is not at the revision expected, and nothing is written. */
    void assertWrongRevision(AppendRequest request, String stream, ExpectedRevision expected, long actual) {
        long before = lastPosition();
        WrongExpectedRevision wrong = failure(WrongExpectedRevision.class, () -> store.append(request));
        assertThat(wrong.stream()).isEqualTo(stream);
        assertThat(wrong.expected()).isEqualTo(expected);
        assertThat(wrong.actual()).isEqualTo(actual);
        assertThat(lastPosition()).as("the last position").isEqualTo(before);
    }
}
