/**
 * Orders: an aggregate of pure functions, with snapshots, and events whose schema has changed once. Start with {@link
 * io.esdb.examples.orders.OrdersExample}.
 */
@NullMarked
package io.esdb.examples.orders;

import org.jspecify.annotations.NullMarked;
