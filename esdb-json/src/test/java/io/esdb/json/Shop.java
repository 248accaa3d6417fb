package io.esdb.json;

import java.math.BigDecimal;

/** Sample events. */
sealed interface Shop {
    String orderId();

    static JsonEvents events() {
        return JsonEvents.of(EventTypes.none()
                .with("OrderPlaced", OrderPlaced.class)
                .with("OrderShipped", 3, OrderShipped.class)
                .withUpcaster("OrderShipped", 1, data -> data.put("carrier", "unknown"))
                .withUpcaster("OrderShipped", 2, data -> {
                    data.set("orderId", data.remove("order"));
                    return data;
                }));
    }

    record OrderPlaced(String orderId, BigDecimal amount) implements Shop {}

    record OrderShipped(String orderId, String carrier) implements Shop {}
}
