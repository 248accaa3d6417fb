package io.esdb.examples.shop;

import io.esdb.AppendResult;
import io.esdb.EventStore;
import io.esdb.erasure.Erasure;
import io.esdb.projections.Projections;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The whole service: what a web or messaging layer would call, on any node of a store. Safe to use from any thread.
 *
 * <p>A command returns the position up to which the store has it. Who gives it along with a question gets an answer that
 * includes the command, on whichever node: a web layer would keep it in the user's session.
 */
final class Shop {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Orders orders;
    private final Contacts contacts;
    private final Projections projections;

    Shop(EventStore store, Erasure erasure, Projections projections) {
        this.orders = new Orders(store);
        this.contacts = new Contacts(store, erasure);
        this.projections = projections;
        projections.define(Spending.projection());
    }

    /** @throws Refused if the order does not allow it; nothing was written */
    long execute(String order, OrderCommand command) {
        AppendResult appended = orders.execute(order, command).appended();
        return Objects.requireNonNull(appended).lastPosition(); // whatever is done to an order makes an event
    }

    /** The order as it is now, {@link Order#NONE} if there is none. */
    Order order(String order) {
        return orders.order(order);
    }

    /** What a customer has spent, by all that happened up to a position at least. */
    Spending spending(String customer, long position) {
        projections.await(Spending.PROJECTION, position, PATIENCE);
        return projections.get(Spending.PROJECTION, customer, Spending.CODEC).orElse(Spending.NOTHING);
    }

    /** @throws io.esdb.erasure.SubjectErased if the customer was forgotten: who comes back is another customer */
    void contact(String customer, Contact contact) {
        contacts.give(customer, contact);
    }

    /** How to reach a customer; empty if that is not known, or forgotten. */
    Optional<Contact> contact(String customer) {
        return contacts.find(customer);
    }

    /** Makes what says who a customer is unreadable, for good and wherever it is. What was sold stays. */
    void forget(String customer) {
        contacts.forget(customer);
    }
}
