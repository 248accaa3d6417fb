/** JMH benchmarks of what needs no disk; {@code bench jmh} runs them. */
@NullMarked
package io.esdb.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
