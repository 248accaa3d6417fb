/**
 * What customers have ordered: a projection that the store keeps, and a stream of large orders that it derives. Start with
 * {@link io.esdb.examples.customers.CustomersExample}.
 */
@NullMarked
package io.esdb.examples.customers;

import org.jspecify.annotations.NullMarked;
