/**
 * Reacting to events: which ones ({@link io.esdb.subscriptions.Selector}), from where on ({@link
 * io.esdb.subscriptions.From}), and the code that handles them ({@link io.esdb.subscriptions.Subscriptions}).
 *
 * <p>Values here are immutable and safe to share between threads. No parameter and no result is null unless it is marked
 * {@code @Nullable}; a null where none belongs is refused with {@link io.esdb.InvalidInput}.
 */
@NullMarked
package io.esdb.subscriptions;

import org.jspecify.annotations.NullMarked;
