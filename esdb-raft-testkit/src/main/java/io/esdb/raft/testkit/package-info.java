/** A cluster of esdb nodes in one JVM, with faults, for tests. */
@NullMarked
package io.esdb.raft.testkit;

import org.jspecify.annotations.NullMarked;
