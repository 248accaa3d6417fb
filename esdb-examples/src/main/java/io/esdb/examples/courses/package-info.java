/**
 * Courses and students: a rule about a course and a rule about a student, kept by one append with a condition on the
 * events of both (a Dynamic Consistency Boundary). Start with {@link io.esdb.examples.courses.CoursesExample}.
 */
@NullMarked
package io.esdb.examples.courses;

import org.jspecify.annotations.NullMarked;
