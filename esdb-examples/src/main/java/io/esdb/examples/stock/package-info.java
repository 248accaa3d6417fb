/**
 * What is in stock: a projection in memory that follows a store by a transient subscription. Start with {@link
 * io.esdb.examples.stock.StockExample}.
 */
@NullMarked
package io.esdb.examples.stock;

import org.jspecify.annotations.NullMarked;
