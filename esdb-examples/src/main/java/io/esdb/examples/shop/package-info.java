/**
 * A shop: a whole service with commands on orders, snapshots, events whose schema has changed once, a projection that is
 * read after one's own writes, and customers who can be erased. {@link io.esdb.examples.shop.Shop} puts it together; {@link
 * io.esdb.examples.shop.ShopExample} runs it.
 */
@NullMarked
package io.esdb.examples.shop;

import org.jspecify.annotations.NullMarked;
