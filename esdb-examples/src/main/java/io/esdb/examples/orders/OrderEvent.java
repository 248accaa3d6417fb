package io.esdb.examples.orders;

/** What happens to an order. */
sealed interface OrderEvent {
    /**
     * The order came to be.
     *
     * @param customer whose it is
     */
    record OrderPlaced(String customer) implements OrderEvent {}

    /**
     * Something was put on it. Its first version had no quantity: it was one piece each time.
     *
     * @param item what
     * @param quantity how many, 1 or more
     * @param cents the price of one
     */
    record ItemAdded(String item, int quantity, long cents) implements OrderEvent {}

    /** It left the house. */
    record OrderShipped() implements OrderEvent {}
}
