package io.esdb.examples.courses;

import io.esdb.examples.DataFolder;
import io.esdb.host.EventStores;
import java.io.IOException;

/** Fills a course of two places, empties one, and fills it again. */
public final class CoursesExample {
    private CoursesExample() {}

    /** Runs it. */
    public static void main(String[] args) throws IOException {
        try (DataFolder folder = DataFolder.of(null);
                EventStores stores = EventStores.open(folder.path())) {
            run(new Courses(stores.open("courses")));
        }
    }

    private static void run(Courses courses) {
        courses.define("algebra", 2);
        courses.enrol("ann", "algebra");
        courses.enrol("bob", "algebra");
        try {
            courses.enrol("cy", "algebra");
        } catch (Refused e) {
            System.out.println("Cy may not join: " + e.getMessage());
        }
        courses.leave("ann", "algebra");
        courses.enrol("cy", "algebra");
        System.out.println(
                "The course has " + courses.course("algebra").students().size() + " students");
    }
}
