package io.esdb.examples.courses;

import io.esdb.examples.courses.CourseEvent.CourseDefined;
import io.esdb.examples.courses.CourseEvent.StudentEnrolled;
import io.esdb.examples.courses.CourseEvent.StudentLeft;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the events of a course add up to.
 *
 * @param capacity how many students may be in it at a time, 0 for a course that is not defined
 * @param students who is in it
 */
record Course(int capacity, Set<String> students) {

    /** Folds events; those of other courses are passed over. */
    static Course of(String name, List<CourseEvent> events) {
        int capacity = 0;
        Set<String> students = new HashSet<>();
        for (CourseEvent event : events) {
            if (event instanceof CourseDefined that && that.course().equals(name)) {
                capacity = that.capacity();
            } else if (event instanceof StudentEnrolled that && that.course().equals(name)) {
                students.add(that.student());
            } else if (event instanceof StudentLeft that && that.course().equals(name)) {
                students.remove(that.student());
            }
        }
        return new Course(capacity, students);
    }

    boolean isDefined() {
        return capacity > 0;
    }

    boolean isFull() {
        return students.size() >= capacity;
    }
}
