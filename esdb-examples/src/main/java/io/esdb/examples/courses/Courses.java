package io.esdb.examples.courses;

import io.esdb.AppendCondition;
import io.esdb.AppendConditionFailed;
import io.esdb.AppendRequest;
import io.esdb.EventPage;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.Pages;
import io.esdb.Query;
import io.esdb.QueryItem;
import io.esdb.examples.Retry;
import io.esdb.json.EventTypes;
import io.esdb.json.JsonEvents;
import java.util.List;
import java.util.function.Function;

/**
 * Courses and their students in an event store. Every method that changes something throws {@link Refused} if a rule
 * does not allow it.
 *
 * <p>No stream holds all that a decision rests on, since enrolling is about a course and a student. So each decision
 * reads by tags, and its append asks that no event with these tags was added since.
 */
final class Courses {
    private static final int MOST_EVENTS = 100_000;

    private static final JsonEvents JSON = JsonEvents.of(EventTypes.none()
                    .with("CourseDefined", CourseEvent.CourseDefined.class)
                    .with("StudentEnrolled", CourseEvent.StudentEnrolled.class)
                    .with("StudentLeft", CourseEvent.StudentLeft.class))
            .withTags(CourseEvent.class, CourseEvent::tags);

    private final EventStore store;

    Courses(EventStore store) {
        this.store = store;
    }

    void define(String course, int capacity) {
        append(about(course), events -> Decisions.define(course, capacity, events));
    }

    void enrol(String student, String course) {
        append(about(student, course), events -> Decisions.enrol(student, course, events));
    }

    void leave(String student, String course) {
        append(about(student, course), events -> Decisions.leave(student, course, events));
    }

    Course course(String course) {
        return Course.of(course, typed(read(about(course))));
    }

    Student student(String student) {
        return Student.of(student, typed(read(Query.tags(CourseEvent.studentTag(student)))));
    }

    private static Query about(String course) {
        return Query.tags(CourseEvent.courseTag(course));
    }

    private static Query about(String student, String course) {
        return about(course).or(QueryItem.tags(CourseEvent.studentTag(student)));
    }

    private void append(Query boundary, Function<List<CourseEvent>, CourseEvent> decision) {
        Retry.on(AppendConditionFailed.class, () -> {
            EventPage seen = read(boundary);
            CourseEvent event = decision.apply(typed(seen));
            AppendCondition nothingNew = AppendCondition.noneMatchesAfter(boundary, seen.asOf());
            return store.append(
                    AppendRequest.to("course-" + event.course(), ExpectedRevision.any(), JSON.toEvent(event))
                            .onlyIf(nothingNew));
        });
    }

    private EventPage read(Query boundary) {
        return Pages.all(store, boundary, MOST_EVENTS);
    }

    private static List<CourseEvent> typed(EventPage page) {
        return page.events().stream()
                .map(event -> JSON.read(event, CourseEvent.class))
                .toList();
    }
}
