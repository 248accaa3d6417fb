package io.esdb.examples.courses;

import java.util.List;

/** What happens to courses and students. */
sealed interface CourseEvent {
    /** The course it is about. */
    String course();

    /** What it is about; conditions and reads name these. */
    List<String> tags();

    static String courseTag(String course) {
        return "course:" + course;
    }

    static String studentTag(String student) {
        return "student:" + student;
    }

    /**
     * There is a new course.
     *
     * @param course the new course
     * @param capacity how many students may be in it at a time
     */
    record CourseDefined(String course, int capacity) implements CourseEvent {
        @Override
        public List<String> tags() {
            return List.of(courseTag(course));
        }
    }

    /**
     * A student is in a course from now on.
     *
     * @param student who joined
     * @param course what they joined
     */
    record StudentEnrolled(String student, String course) implements CourseEvent {
        @Override
        public List<String> tags() {
            return List.of(studentTag(student), courseTag(course));
        }
    }

    /**
     * A student is no longer in a course.
     *
     * @param student who left
     * @param course what they left
     */
    record StudentLeft(String student, String course) implements CourseEvent {
        @Override
        public List<String> tags() {
            return List.of(studentTag(student), courseTag(course));
        }
    }
}
