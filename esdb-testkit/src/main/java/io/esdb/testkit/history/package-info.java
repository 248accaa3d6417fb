/**
 * Shows that a store, on one node or on many, keeps what it promises while things go wrong.
 *
 * <p>A {@link io.esdb.testkit.history.Workload} lets seeded clients append and read, and records each call in a {@link
 * io.esdb.testkit.history.History}. Afterwards {@link io.esdb.testkit.history.HistoryChecker} compares the history with
 * what every node holds in the end and names each broken promise.
 */
@NullMarked
package io.esdb.testkit.history;

import org.jspecify.annotations.NullMarked;
