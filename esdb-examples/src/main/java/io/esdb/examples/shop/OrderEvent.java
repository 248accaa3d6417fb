package io.esdb.examples.shop;

/** What happens to an order. None of it says who somebody is: customers are named by what means nothing elsewhere. */
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

    /**
     * It left the house. Who folds only this event has all that there is to know.
     *
     * @param customer whose it is
     * @param cents what it comes to
     */
    record OrderShipped(String customer, long cents) implements OrderEvent {}
}
