/**
 * A {@link io.esdb.spi.Storage} on RocksDB: the event log and every branch of the tree in a column family of its own,
 * guarded by a mark of what is known to be durable.
 */
@NullMarked
package io.esdb.storage.rocks;

import org.jspecify.annotations.NullMarked;
