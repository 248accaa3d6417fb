package io.esdb.examples.stock;

/** What happens to the goods in a warehouse. */
sealed interface StockEvent {
    /** What kind of goods. */
    String item();

    /**
     * Goods have come.
     *
     * @param item what kind of goods
     * @param count how many pieces
     */
    record GoodsReceived(String item, int count) implements StockEvent {}

    /**
     * Goods have left.
     *
     * @param item what kind of goods
     * @param count how many pieces
     */
    record GoodsShipped(String item, int count) implements StockEvent {}
}
