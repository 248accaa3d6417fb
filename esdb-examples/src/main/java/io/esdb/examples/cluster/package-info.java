/**
 * Three nodes of a cluster in three JVMs on one machine, and a command line that starts, kills and pauses them. Start
 * with {@link io.esdb.examples.cluster.ClusterManager}.
 */
@NullMarked
package io.esdb.examples.cluster;

import org.jspecify.annotations.NullMarked;
