package io.esdb.examples.customers;

import static io.esdb.examples.customers.CustomerOrders.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventData;
import io.esdb.examples.Output;
import io.esdb.examples.customers.OrderEvent.OrderCancelled;
import io.esdb.examples.customers.OrderEvent.OrderPlaced;
import io.esdb.projections.ProjectionTrial;
import org.junit.jupiter.api.Test;

class CustomersTest {
    private static final EventData PLACED = JSON.toEvent(new OrderPlaced("ann", 20_00));

    @Test
    void exampleRuns() throws Exception {
        assertThat(Output.of(() -> CustomersExample.main(new String[0])))
                .containsExactly(
                        "ann has 1 order(s) of 500 cents", "ben has 1 order(s) of 15000 cents", "Large is order-2");
    }

    @Test
    void cancelledOrdersDoNotCount() {
        ProjectionTrial.of(CustomerOrders.PROJECTION)
                .given("order-1", PLACED)
                .given("order-2", PLACED)
                .when("order-2", JSON.toEvent(new OrderCancelled("ann", 20_00)))
                .thenState("ann", new Spending(1, 20_00))
                .thenNoState("ben")
                .thenEmitsNothing();
    }

    @Test
    void largeOrdersAreLinked() {
        ProjectionTrial.of(CustomerOrders.PROJECTION)
                .when("order-1", JSON.toEvent(new OrderPlaced("ann", CustomerOrders.LARGE)))
                .thenLinks(CustomerOrders.LARGE_ORDERS)
                .when("order-2", PLACED)
                .thenEmitsNothing();
    }

    @Test
    void whatIsNoOrderIsPassedOver() {
        ProjectionTrial.of(CustomerOrders.PROJECTION).when("invoice-1", PLACED).thenNoState("ann");
    }
}
