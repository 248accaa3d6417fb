/** Tests of event stores on RocksDB through their public API, under kills, damage, full disks and wrong use. */
@NullMarked
package io.esdb.storage.rocks.store;

import org.jspecify.annotations.NullMarked;
