/** Tests of the RocksDB storage. */
@NullMarked
package io.esdb.storage.rocks;

import org.jspecify.annotations.NullMarked;
