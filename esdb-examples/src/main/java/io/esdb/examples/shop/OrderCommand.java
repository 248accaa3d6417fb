package io.esdb.examples.shop;

/** What may be asked of an order. */
sealed interface OrderCommand {
    /**
     * Begins it.
     *
     * @param customer whose it is
     */
    record Place(String customer) implements OrderCommand {}

    /**
     * Puts something on it.
     *
     * @param item what
     * @param quantity how many
     * @param cents the price of one
     */
    record Add(String item, int quantity, long cents) implements OrderCommand {}

    /** Sends it. */
    record Ship() implements OrderCommand {}
}
