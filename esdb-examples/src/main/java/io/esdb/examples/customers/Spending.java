package io.esdb.examples.customers;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.esdb.examples.customers.OrderEvent.OrderPlaced;
import io.esdb.projections.StateCodec;

/**
 * What a customer has ordered.
 *
 * @param orders how many orders that were not cancelled
 * @param amount what they come to, in cents
 */
record Spending(int orders, long amount) {
    static final Spending NOTHING = new Spending(0, 0);

    private static final ObjectMapper JSON = new ObjectMapper();

    static final StateCodec<Spending> CODEC =
            StateCodec.of(JSON::writeValueAsBytes, bytes -> JSON.readValue(bytes, Spending.class));

    Spending after(OrderEvent event) {
        return event instanceof OrderPlaced placed
                ? new Spending(orders + 1, amount + placed.amount())
                : new Spending(orders - 1, amount - ((OrderEvent.OrderCancelled) event).amount());
    }
}
