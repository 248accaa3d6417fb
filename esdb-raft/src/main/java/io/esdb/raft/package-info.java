/**
 * Stores on several nodes: a command log replicated by Apache Ratis, and what forms and tends the cluster.
 */
@NullMarked
package io.esdb.raft;

import org.jspecify.annotations.NullMarked;
