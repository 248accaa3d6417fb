package io.esdb.examples.courses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventStore;
import io.esdb.examples.Concurrently;
import io.esdb.examples.Output;
import io.esdb.host.EventStores;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoursesTest {
    private final EventStores stores = EventStores.inMemory();
    private final EventStore store = stores.open("courses");
    private final Courses courses = new Courses(store);

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void exampleRuns() throws Exception {
        assertThat(Output.of(() -> CoursesExample.main(new String[0])))
                .containsExactly("Cy may not join: the course is full", "The course has 2 students");
    }

    @Test
    void refusesWhatTheRulesForbid() {
        courses.define("algebra", 1);
        courses.enrol("ann", "algebra");
        assertRefused(() -> courses.define("algebra", 2), "such a course already");
        assertRefused(() -> courses.define("biology", 0), "more than 0");
        assertRefused(() -> courses.enrol("ann", "biology"), "no such course");
        assertRefused(() -> courses.enrol("ann", "algebra"), "in the course already");
        assertRefused(() -> courses.enrol("bob", "algebra"), "full");
        assertRefused(() -> courses.leave("bob", "algebra"), "not in the course");
        assertThat(store.statistics().lastPosition()).isEqualTo(1);
    }

    @Test
    void studentMayJoinTenCoursesAndAnotherAfterLeavingOne() {
        define(11, 5);
        IntStream.range(0, 10).forEach(course -> courses.enrol("ann", "c" + course));
        assertRefused(() -> courses.enrol("ann", "c10"), "in 10 courses");
        courses.leave("ann", "c3");
        courses.enrol("ann", "c10");
        assertThat(courses.student("ann").courses()).hasSize(10).contains("c10").doesNotContain("c3");
    }

    @Test
    void courseTakesAnotherStudentAfterOneHasLeft() {
        courses.define("algebra", 1);
        courses.enrol("ann", "algebra");
        courses.leave("ann", "algebra");
        courses.enrol("bob", "algebra");
        assertThat(courses.course("algebra").students()).containsExactly("bob");
    }

    /** 30 students want each of 15 courses of 12 places: too few places for all, enough students to fill each. */
    @Test
    void coursesFillAndNeverOverflowWhenAllEnrolAtTheSameTime() throws Exception {
        define(15, 12);
        Concurrently.run(10, thread -> enrolEverywhere(thread * 3, (thread + 1) * 3, 15));
        for (int course = 0; course < 15; course++) {
            assertThat(courses.course("c" + course).students()).hasSize(12);
        }
        for (int student = 0; student < 30; student++) {
            assertThat(courses.student("s" + student).courses()).hasSizeLessThanOrEqualTo(10);
        }
    }

    /** Four threads enrol one student, each in five courses of its own; every course has room. */
    @Test
    void studentsNeverPassTheirLimitWhenEnrolledInManyCoursesAtTheSameTime() throws Exception {
        define(20, 100);
        for (int i = 0; i < 50; i++) {
            String student = "s" + i;
            Concurrently.run(4, thread -> {
                for (int course = thread * 5; course < (thread + 1) * 5; course++) {
                    enrolIfAllowed(student, "c" + course);
                }
            });
            assertThat(courses.student(student).courses()).hasSize(10);
        }
        assertThat(store.statistics().lastPosition()).isEqualTo(20 + 50 * 10 - 1);
    }

    private void define(int many, int capacity) {
        IntStream.range(0, many).forEach(course -> courses.define("c" + course, capacity));
    }

    private void enrolEverywhere(int firstStudent, int afterLastStudent, int many) {
        for (int course = 0; course < many; course++) {
            for (int student = firstStudent; student < afterLastStudent; student++) {
                enrolIfAllowed("s" + student, "c" + course);
            }
        }
    }

    private void enrolIfAllowed(String student, String course) {
        try {
            courses.enrol(student, course);
        } catch (Refused e) {
            assertThat(e.getMessage()).containsAnyOf("full", "in 10 courses");
        }
    }

    private static void assertRefused(Runnable action, String reason) {
        assertThatThrownBy(action::run).isInstanceOf(Refused.class).hasMessageContaining(reason);
    }
}
