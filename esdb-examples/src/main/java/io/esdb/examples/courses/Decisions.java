package io.esdb.examples.courses;

import static io.esdb.examples.courses.Refused.unless;

import io.esdb.examples.courses.CourseEvent.CourseDefined;
import io.esdb.examples.courses.CourseEvent.StudentEnrolled;
import io.esdb.examples.courses.CourseEvent.StudentLeft;
import java.util.List;

/** The rules. Each takes the events that it rests on, and gives the event that comes of it or throws {@link Refused}. */
final class Decisions {
    private Decisions() {}

    static CourseDefined define(String course, int capacity, List<CourseEvent> events) {
        unless(capacity > 0, "a capacity must be more than 0, was " + capacity);
        unless(!Course.of(course, events).isDefined(), "there is such a course already");
        return new CourseDefined(course, capacity);
    }

    static StudentEnrolled enrol(String student, String course, List<CourseEvent> events) {
        Course wanted = Course.of(course, events);
        unless(wanted.isDefined(), "there is no such course");
        unless(!wanted.students().contains(student), "the student is in the course already");
        unless(!wanted.isFull(), "the course is full");
        unless(!Student.of(student, events).isBusy(), "the student is in " + Student.MOST_COURSES + " courses");
        return new StudentEnrolled(student, course);
    }

    static StudentLeft leave(String student, String course, List<CourseEvent> events) {
        unless(Student.of(student, events).courses().contains(course), "the student is not in the course");
        return new StudentLeft(student, course);
    }
}
