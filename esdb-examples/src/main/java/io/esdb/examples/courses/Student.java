package io.esdb.examples.courses;

import io.esdb.examples.courses.CourseEvent.StudentEnrolled;
import io.esdb.examples.courses.CourseEvent.StudentLeft;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the events of a student add up to.
 *
 * @param courses what they are in
 */
record Student(Set<String> courses) {
    /** The most courses a student may be in at a time. */
    static final int MOST_COURSES = 10;

    /** Folds events; those of other students are passed over. */
    static Student of(String name, List<CourseEvent> events) {
        Set<String> courses = new HashSet<>();
        for (CourseEvent event : events) {
            if (event instanceof StudentEnrolled that && that.student().equals(name)) {
                courses.add(that.course());
            } else if (event instanceof StudentLeft that && that.student().equals(name)) {
                courses.remove(that.course());
            }
        }
        return new Student(courses);
    }

    boolean isBusy() {
        return courses.size() >= MOST_COURSES;
    }
}
