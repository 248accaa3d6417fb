/**
 * Subscriptions that the store itself keeps: their definition, how far they are, what is tried again and what was set
 * aside are replicated and survive restarts and fail-over. Begin with {@link
 * io.esdb.subscriptions.persistent.PersistentSubscriptions}.
 *
 * <p>Values here are immutable and safe to share between threads. No parameter and no result is null unless it is marked
 * {@code @Nullable}; a null where none belongs is refused with {@link io.esdb.InvalidInput}.
 */
@NullMarked
package io.esdb.subscriptions.persistent;

import org.jspecify.annotations.NullMarked;
