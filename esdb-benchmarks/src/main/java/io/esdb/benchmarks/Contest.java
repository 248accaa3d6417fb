package io.esdb.benchmarks;

/**
 * esdb beside a counterpart.
 *
 * @param name what {@code --only} takes; starts with the name of its suite
 * @param what what is measured, against what
 * @param unit what both figures count
 * @param goal what the ratio is to reach
 * @param esdb esdb's side
 * @param counterpart the other side
 */
record Contest(String name, String what, Unit unit, Goal goal, Workload.Source esdb, Workload.Source counterpart) {}
