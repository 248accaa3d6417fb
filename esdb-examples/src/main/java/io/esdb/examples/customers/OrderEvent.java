package io.esdb.examples.customers;

/** What happens to an order. */
sealed interface OrderEvent {
    /** Who ordered. */
    String customer();

    /**
     * An order was placed.
     *
     * @param customer who ordered
     * @param amount in cents
     */
    record OrderPlaced(String customer, long amount) implements OrderEvent {}

    /**
     * An order was cancelled.
     *
     * @param customer who had ordered
     * @param amount in cents
     */
    record OrderCancelled(String customer, long amount) implements OrderEvent {}
}
