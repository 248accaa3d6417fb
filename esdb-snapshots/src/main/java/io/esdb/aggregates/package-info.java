/**
 * Aggregates: pure functions that decide, and what loads their state, appends what they decided, and keeps snapshots.
 *
 * <p>Values here are immutable and safe to share between threads. No parameter and no result is null unless it is marked
 * {@code @Nullable}; a null where none belongs is refused with {@link io.esdb.InvalidInput}.
 */
@NullMarked
package io.esdb.aggregates;

import org.jspecify.annotations.NullMarked;
