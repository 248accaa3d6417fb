package io.esdb.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.AppendResult.StreamRevisions;
import io.esdb.Consistency;
import io.esdb.EventData;
import io.esdb.EventPage;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.IndeterminateAppend;
import io.esdb.RecordedEvent;
import io.esdb.StoreUnavailable;
import io.esdb.StreamAppend;
import io.esdb.WrongExpectedRevision;
import io.esdb.host.EventStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole of workload and checker finds a store out that breaks one promise, and clears one that breaks none. */
class LyingStoreTest {
    private final EventStores stores = EventStores.inMemory();
    private final EventStore honest = stores.open("honest");

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void losesAcknowledgedAppends() throws Exception {
        assertThat(broken(appending((store, request) -> invented(request)))).contains(Rule.ACKNOWLEDGED_KEPT);
    }

    @Test
    void answersOtherPositions() throws Exception {
        assertThat(broken(appending((store, request) -> {
                    AppendResult result = store.append(request);
                    return new AppendResult(result.firstPosition() + 1, result.lastPosition() + 1, result.streams());
                })))
                .contains(Rule.ANSWER_TRUE, Rule.RETRY_SAME_ANSWER);
    }

    @Test
    void writesWhatItSaysIsNotWritten() throws Exception {
        assertThat(broken(appending((store, request) -> {
                    store.append(request);
                    throw new StoreUnavailable("lie", "after it was written", null);
                })))
                .contains(Rule.REFUSED_NOT_WRITTEN);
    }

    @Test
    void ignoresExpectations() throws Exception {
        assertThat(broken(appending((store, request) ->
                        store.append(request.condition() == null ? withoutExpectations(request) : request))))
                .containsOnly(Rule.EXPECTATION_MET);
    }

    @Test
    void ignoresConditions() throws Exception {
        assertThat(broken(appending((store, request) -> store.append(new AppendRequest(request.streams(), null)))))
                .containsOnly(Rule.CONDITION_HELD);
    }

    @Test
    void writesStreamsOneByOne() throws Exception {
        assertThat(broken(appending((store, request) -> {
                    List<AppendResult> results = new ArrayList<>();
                    for (StreamAppend part : request.streams()) {
                        results.add(store.append(new AppendRequest(List.of(part), null)));
                        store.append("between", ExpectedRevision.any(), Story.event());
                    }
                    return results.get(0);
                })))
                .contains(Rule.APPEND_WHOLE, Rule.NOTHING_INVENTED);
    }

    @Test
    void changesData() throws Exception {
        assertThat(broken(appending((store, request) -> store.append(changed(request)))))
                .contains(Rule.CONTENT_KEPT);
    }

    @Test
    void writesRetriesAgain() throws Exception {
        Set<AppendRequest> known = ConcurrentHashMap.newKeySet();
        Lie lie = new Lie() {
            @Override
            AppendResult append(EventStore store, AppendRequest request) {
                return known.contains(request) ? store.append(withNewIds(request)) : store.append(request);
            }

            @Override
            void wasAppended(AppendRequest request, AppendResult result) {
                known.add(request);
            }
        };

        assertThat(broken(lie)).contains(Rule.NOTHING_INVENTED, Rule.RETRY_SAME_ANSWER);
    }

    @Test
    void refusesWithoutReason() throws Exception {
        assertThat(broken(appending((store, request) -> {
                    StreamAppend part = request.streams().get(0);
                    throw new WrongExpectedRevision(part.stream(), part.expected(), 1_000_000);
                })))
                .containsOnly(Rule.WRONG_REVISION_TRUE);
    }

    @Test
    void failsInUnforeseenWays() throws Exception {
        assertThat(broken(appending((store, request) -> {
                    throw new IllegalStateException("lie");
                })))
                .containsOnly(Rule.FAILURE_ALLOWED);
    }

    @Test
    void servesStaleLinearizableReads() throws Exception {
        assertThat(broken(new StaleReads(Consistency.LINEARIZABLE))).containsOnly(Rule.READ_FRESH);
    }

    @Test
    void servesLocalReadsThatGoBack() throws Exception {
        assertThat(broken(new StaleReads(Consistency.LOCAL))).containsOnly(Rule.LOCAL_READ_FORWARD);
    }

    @Test
    void reordersPages() throws Exception {
        assertThat(broken(reading(events -> Collections.swap(events, 0, 1)))).containsOnly(Rule.PAGE_TRUE);
    }

    @Test
    void leavesEventsOut() throws Exception {
        assertThat(broken(reading(events -> events.remove(0)))).containsOnly(Rule.PAGE_TRUE);
    }

    @Test
    void mayNotKnowWhatBecameOfAnAppend() throws Exception {
        Queue<AppendRequest> late = new ConcurrentLinkedQueue<>();
        Lie truth = new Lie() {
            @Override
            AppendResult append(EventStore store, AppendRequest request) {
                switch (Math.floorMod(request.hashCode(), 3)) {
                    case 0 -> store.append(request);
                    case 1 -> late.add(request);
                    default -> {}
                }
                throw new IndeterminateAppend("truth", "the answer is lost", null);
            }

            @Override
            void wasAppended(AppendRequest request, AppendResult result) {
                AppendRequest next = late.size() > 5 ? late.poll() : null;
                if (next != null) {
                    honest.appendAsync(next)
                            .toCompletableFuture()
                            .exceptionally(refused -> null)
                            .join();
                }
            }
        };

        assertThat(violations(truth)).isEmpty();
    }

    private Set<Rule> broken(Lie lie) throws Exception {
        return violations(lie).stream().map(Violation::rule).collect(Collectors.toSet());
    }

    private List<Violation> violations(Lie lie) throws Exception {
        EventStore store = lie.over(honest);
        WorkloadOptions options = WorkloadOptions.seeded(11).withAcknowledged(600);
        try (Workload workload = Workload.start(options, node -> Optional.of(store))) {
            History history = workload.await(Duration.ofMinutes(1));
            return HistoryChecker.check(history, List.of(NodeContent.read(0, honest)));
        }
    }

    private static Lie appending(BiFunction<EventStore, AppendRequest, AppendResult> lie) {
        return new Lie() {
            @Override
            AppendResult append(EventStore store, AppendRequest request) {
                return lie.apply(store, request);
            }
        };
    }

    private static Lie reading(Consumer<List<RecordedEvent>> lie) {
        return new Lie() {
            @Override
            EventPage page(EventPage page, Consistency consistency) {
                List<RecordedEvent> events = new ArrayList<>(page.events());
                if (events.size() > 1) {
                    lie.accept(events);
                }
                return new EventPage(events, page.next(), page.end(), page.asOf());
            }
        };
    }

    private static AppendResult invented(AppendRequest request) {
        List<StreamRevisions> revisions = request.streams().stream()
                .map(part -> new StreamRevisions(part.stream(), 0, part.events().size() - 1L))
                .toList();
        return new AppendResult(0, request.eventCount() - 1L, revisions);
    }

    private static AppendRequest withoutExpectations(AppendRequest request) {
        return withEvents(request, event -> event);
    }

    private static AppendRequest changed(AppendRequest request) {
        return withEvents(request, event -> event.withMetadata(new byte[] {1, 2, 3}));
    }

    private static AppendRequest withNewIds(AppendRequest request) {
        return withEvents(request, event -> event.withId(UUID.randomUUID()));
    }

    private static AppendRequest withEvents(AppendRequest request, UnaryOperator<EventData> change) {
        return new AppendRequest(
                request.streams().stream()
                        .map(part -> new StreamAppend(
                                part.stream(),
                                ExpectedRevision.any(),
                                part.events().stream().map(change).toList()))
                        .toList(),
                null);
    }

    /** Shows what was true some appends ago. */
    private static final class StaleReads extends Lie {
        private final NavigableSet<Long> ends = new ConcurrentSkipListSet<>();
        private final Consistency stale;

        StaleReads(Consistency stale) {
            this.stale = stale;
        }

        @Override
        void wasAppended(AppendRequest request, AppendResult result) {
            ends.add(result.lastPosition());
        }

        @Override
        EventPage page(EventPage page, Consistency consistency) {
            Long asOf = ends.lower(page.asOf() - 20);
            if (consistency != stale || asOf == null) {
                return page;
            }
            List<RecordedEvent> events = page.events().stream()
                    .filter(event -> event.position() <= asOf)
                    .toList();
            return new EventPage(events, page.next(), page.end(), asOf);
        }
    }
}
