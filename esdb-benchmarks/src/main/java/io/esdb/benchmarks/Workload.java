package io.esdb.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** One side of a contest: something that can be measured again and again. */
@FunctionalInterface
interface Workload extends Closeable {

    /** Does the work once and gives its figure. Throws if the work did not do what it should have. */
    double measure() throws Exception;

    /** Called once after the last measurement: throws if what is there now is not the work of all of them. */
    default void verify() throws Exception {}

    @Override
    default void close() throws IOException {}

    /** Makes a workload. */
    @FunctionalInterface
    interface Source {
        /** Makes it, with a folder that is empty, and the workload's own. */
        Workload open(Path folder) throws Exception;

        /** For a workload on something that is open already. */
        static Source of(Workload workload) {
            return folder -> workload;
        }
    }
}
