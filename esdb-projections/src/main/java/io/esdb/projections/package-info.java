/**
 * Projections: what follows from the events of a store, kept by the store. {@link io.esdb.projections.Projection} is the
 * function, {@link io.esdb.projections.Projections} runs and queries it, {@link io.esdb.projections.ProjectionTrial} tests it.
 *
 * <p>Values here are immutable and safe to share between threads. No parameter and no result is null unless it is marked
 * {@code @Nullable}; a null where none belongs is refused with {@link io.esdb.InvalidInput}. Arrays are not copied.
 */
@NullMarked
package io.esdb.projections;

import org.jspecify.annotations.NullMarked;
