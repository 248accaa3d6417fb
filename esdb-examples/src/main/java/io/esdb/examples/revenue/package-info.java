/**
 * What each item has brought in, kept in a database by plain JDBC, with the place of the projection in the same database and in
 * the same transactions. Start with {@link io.esdb.examples.revenue.RevenueExample}.
 */
@NullMarked
package io.esdb.examples.revenue;

import org.jspecify.annotations.NullMarked;
