package io.esdb.aggregates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.esdb.AppendConditionFailed;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.IndeterminateAppend;
import io.esdb.InvalidInput;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.Query;
import io.esdb.QueryItem;
import io.esdb.RecordedEvent;
import io.esdb.testkit.FreshEventStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Decisions over a query: seats of a course, which any student's stream may take. */
@FreshEventStore
class BoundaryTest {
    private static final int SEATS = 10;
    private static final Query COURSE = Query.tags("course:1");

    /** Student by student. */
    private static final Aggregate<String, List<String>, String> ENROLMENT =
            Aggregate.of("enrolment", List.of(), BoundaryTest::decide, BoundaryTest::with);

    private static final EventMapping<String> EVENTS = EventMapping.of(BoundaryTest::event, BoundaryTest::student);

    private static List<String> decide(List<String> students, String student) {
        return students.size() >= SEATS || students.contains(student) ? List.of() : List.of(student);
    }

    private static List<String> with(List<String> students, String student) {
        List<String> more = new ArrayList<>(students);
        more.add(student);
        return List.copyOf(more);
    }

    private static EventData event(String student) {
        return EventData.json("Enrolled", student.getBytes(StandardCharsets.UTF_8))
                .withTags("course:1");
    }

    private static Optional<String> student(RecordedEvent event) {
        return Optional.of(new String(event.data(), StandardCharsets.UTF_8));
    }

    private static List<String> enrolled(EventStore store) {
        return Pages.stream(store, LogRead.forward().matching(COURSE))
                .map(event -> student(event).orElseThrow())
                .toList();
    }

    private static String stream(String student) {
        return "student-" + student;
    }

    private static Executed<List<String>, String> enrol(
            Aggregates<String, List<String>, String> enrolments, String student) {
        return enrolments.execute(COURSE, BoundaryTest::stream, student);
    }

    @Test
    void aCommandIsDecidedOnAllThatMatches(EventStore store) {
        Aggregates<String, List<String>, String> enrolments = Aggregates.on(store, ENROLMENT, EVENTS);
        store.append("elsewhere", ExpectedRevision.any(), event("cy"));

        Executed<List<String>, String> ann = enrol(enrolments, "ann");
        Executed<List<String>, String> again = enrol(enrolments, "ann");

        assertThat(ann.state()).containsExactly("cy", "ann");
        assertThat(Objects.requireNonNull(ann.appended()).firstPosition()).isEqualTo(1);
        assertThat(again.events()).isEmpty();
        assertThat(again.appended()).isNull();
        assertThat(store.head("student-ann")).isZero();
        assertThat(enrolments.load(COURSE)).isEqualTo(new LoadedQuery<>(List.of("cy", "ann"), 1));
    }

    @Test
    void whatCameInBetweenLeadsToAnotherDecision(EventStore store) {
        AtomicInteger rivals = new AtomicInteger(1);
        Aggregate<String, List<String>, String> slow = Aggregate.of(
                "enrolment",
                List.of(),
                (students, student) -> {
                    if (rivals.getAndDecrement() > 0) {
                        store.append("other", ExpectedRevision.any(), event("bob"));
                        store.append(
                                "unrelated",
                                ExpectedRevision.any(),
                                event("dan").withTags("course:2"));
                    }
                    return decide(students, student);
                },
                BoundaryTest::with);

        Executed<List<String>, String> ann = enrol(Aggregates.on(store, slow, EVENTS), "ann");

        assertThat(ann.attempts()).isEqualTo(2);
        assertThat(ann.state()).containsExactly("bob", "ann");
        assertThat(enrolled(store)).containsExactly("bob", "ann");
    }

    @Test
    void conflictsEndAfterTheStatedNumberOfRetries(EventStore store) {
        Aggregate<String, List<String>, String> hopeless = Aggregate.of(
                "enrolment",
                List.of(),
                (students, student) -> {
                    store.append("other", ExpectedRevision.any(), event("rival " + students.size()));
                    return List.of(student);
                },
                BoundaryTest::with);
        Aggregates<String, List<String>, String> enrolments = Aggregates.on(store, hopeless, EVENTS)
                .withOptions(AggregateOptions.defaults().withRetries(2, 0));

        TooManyConflicts end = catchThrowableOfType(TooManyConflicts.class, () -> enrol(enrolments, "ann"));

        assertThat(end.attempts()).isEqualTo(3);
        assertThat(end.target()).contains("course:1");
        assertThat(end).hasCauseInstanceOf(AppendConditionFailed.class);
        assertThat(enrolled(store)).doesNotContain("ann");
    }

    @Test
    void noSeatIsGivenTwiceHoweverManyAsk(EventStore store) throws Exception {
        Aggregates<String, List<String>, String> enrolments = Aggregates.on(store, ENROLMENT, EVENTS)
                .withOptions(AggregateOptions.defaults().withRetries(10_000, 2));
        ExecutorService executor = Executors.newFixedThreadPool(6);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int thread = 0; thread < 6; thread++) {
                int number = thread;
                ends.add(executor.submit(() -> {
                    for (int i = 0; i < 4; i++) {
                        enrol(enrolments, number + "/" + i);
                    }
                }));
            }
            for (Future<?> end : ends) {
                end.get(2, TimeUnit.MINUTES);
            }
        } finally {
            executor.shutdownNow();
        }

        assertThat(enrolled(store)).hasSize(SEATS).doesNotHaveDuplicates();
    }

    @Test
    void aLostAnswerWritesNothingTwice(EventStore store) {
        EventStore lossy = LossyStore.of(store, (attempt, request) -> {
            Objects.requireNonNull(store.append(request));
            if (attempt == 1) {
                throw new IndeterminateAppend("test", "lost on purpose", null);
            }
            return store.append(request);
        });

        Executed<List<String>, String> ann = enrol(Aggregates.on(lossy, ENROLMENT, EVENTS), "ann");

        assertThat(ann.attempts()).isEqualTo(1);
        assertThat(enrolled(store)).containsExactly("ann");
    }

    @Test
    void eventsGoToTheirStreamsInOneStep(EventStore store) {
        Aggregate<String, List<String>, String> family = Aggregate.of(
                "enrolment", List.of(), (students, names) -> List.of(names.split(",")), BoundaryTest::with);

        Executed<List<String>, String> all =
                Aggregates.on(store, family, EVENTS).execute(COURSE, name -> "s-" + name.charAt(0), "a1,b1,a2");

        assertThat(all.events()).containsExactly("a1", "b1", "a2");
        assertThat(Objects.requireNonNull(all.appended()).lastPosition()).isEqualTo(2);
        assertThat(store.head("s-a")).isEqualTo(1);
        assertThat(store.head("s-b")).isZero();
        assertThat(enrolled(store)).containsExactly("a1", "a2", "b1");
    }

    @Test
    void aQueryThatCannotBeAConditionIsRefusedBeforeAnythingIsRead(EventStore store) {
        Aggregates<String, List<String>, String> enrolments = Aggregates.on(store, ENROLMENT, EVENTS);

        assertThatThrownBy(() -> enrolments.execute(Query.all(), BoundaryTest::stream, "ann"))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() ->
                        enrolments.execute(Query.of(QueryItem.streamPrefix("student-")), BoundaryTest::stream, "ann"))
                .isInstanceOf(InvalidInput.class);
    }
}
