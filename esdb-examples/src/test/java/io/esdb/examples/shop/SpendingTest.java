package io.esdb.examples.shop;

import io.esdb.EventData;
import io.esdb.examples.shop.OrderEvent.OrderPlaced;
import io.esdb.examples.shop.OrderEvent.OrderShipped;
import io.esdb.projections.ProjectionTrial;
import org.junit.jupiter.api.Test;

/** The projection, without a store. */
class SpendingTest {
    private final ProjectionTrial<Spending> spending = ProjectionTrial.of(Spending.projection());

    private static EventData shipped(String customer, long cents) {
        return Orders.JSON.toEvent(new OrderShipped(customer, cents));
    }

    @Test
    void onlyWhatWasShippedCounts() {
        spending.given("order-1", Orders.JSON.toEvent(new OrderPlaced("ann")))
                .given("order-1", shipped("ann", 20))
                .given("order-2", Orders.JSON.toEvent(new OrderPlaced("ben")))
                .when("order-3", shipped("ann", 5))
                .thenState("ann", new Spending(2, 25))
                .thenNoState("ben")
                .thenEmitsNothing();
    }

    @Test
    void largeOrdersAreLinked() {
        spending.when("order-1", shipped("ann", Spending.LARGE))
                .thenLinks(Spending.LARGE_ORDERS)
                .when("order-2", shipped("ann", Spending.LARGE - 1))
                .thenEmitsNothing();
    }

    @Test
    void whatIsNoOrderIsPassedOver() {
        spending.when("invoice-1", shipped("ann", 20)).thenNoState("ann");
    }
}
