/**
 * Measures esdb beside what its users would pick instead and beside the bare database under it, and prints one table.
 * A program, not a library: it runs on the class path and has no module descriptor, as several of the libraries it
 * compares share packages among their jars. {@code docs/benchmarks.md} says how to run and read it.
 */
@NullMarked
package io.esdb.benchmarks;

import org.jspecify.annotations.NullMarked;
