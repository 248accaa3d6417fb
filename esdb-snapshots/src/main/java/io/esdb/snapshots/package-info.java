/**
 * Snapshots: folded state, kept in the store under the version of a stream that it stands for, replicated like its events.
 *
 * <p>Values here are immutable and safe to share between threads, byte arrays excepted: they are neither copied on the
 * way in nor on the way out. No parameter and no result is null unless it is marked {@code @Nullable}; a null where
 * none belongs is refused with {@link io.esdb.InvalidInput}.
 */
@NullMarked
package io.esdb.snapshots;

import org.jspecify.annotations.NullMarked;
