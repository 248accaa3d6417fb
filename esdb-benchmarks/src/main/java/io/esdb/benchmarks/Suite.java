package io.esdb.benchmarks;

/** Some contests that belong together. */
interface Suite {
    /** What the names of all its contests start with. */
    String name();

    void run(Bench bench) throws Exception;
}
