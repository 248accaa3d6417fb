/**
 * Histories of nodes in JVMs of their own, on networks and disks of their own, under faults that one JVM cannot have:
 * kill -9, a process that stands still, packets that are dropped, disks that fail or lose power, clocks that jump. Needs
 * Linux and root; run by {@link io.esdb.raft.testkit.soak.Soak}.
 */
@NullMarked
package io.esdb.raft.testkit.soak;

import org.jspecify.annotations.NullMarked;
