package io.esdb.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.examples.orders.Order.Status;
import io.esdb.examples.orders.OrderCommand.Add;
import io.esdb.examples.orders.OrderCommand.Place;
import io.esdb.examples.orders.OrderCommand.Ship;
import io.esdb.examples.orders.OrderEvent.ItemAdded;
import io.esdb.examples.orders.OrderEvent.OrderPlaced;
import io.esdb.examples.orders.OrderEvent.OrderShipped;
import io.esdb.testkit.DeciderTest;
import org.junit.jupiter.api.Test;

/** The rules, without a store. */
class OrderTest {
    private static final OrderEvent PLACED = new OrderPlaced("Ann");
    private static final OrderEvent BOLTS = new ItemAdded("bolt", 4, 5);

    private final DeciderTest<OrderCommand, Order, OrderEvent> order =
            DeciderTest.of(Order.NONE, Order::decide, Order::evolve);

    @Test
    void anOrderIsPlacedFilledAndShipped() {
        order.given().when(new Place("Ann")).thenEvents(PLACED);
        order.given(PLACED).when(new Add("bolt", 4, 5)).thenEvents(BOLTS).thenState(new Order(Status.OPEN, 4, 20));
        order.given(PLACED, BOLTS).when(new Ship()).thenEvents(new OrderShipped());
        order.given(PLACED, BOLTS, new OrderShipped()).thenState(new Order(Status.SHIPPED, 4, 20));
    }

    @Test
    void itRefusesWhatItsRulesForbid() {
        order.given(PLACED).when(new Place("Ann")).thenFails(Refused.class);
        order.given().when(new Add("bolt", 1, 5)).thenFails(Refused.class);
        order.given(PLACED).when(new Add("bolt", 0, 5)).thenFails(Refused.class);
        order.given(PLACED).when(new Add("bolt", 1_001, 5)).thenFails(Refused.class);
        order.given(PLACED, BOLTS, new OrderShipped())
                .when(new Add("nut", 1, 5))
                .thenFails(Refused.class);
        assertThat(order.given(PLACED).when(new Ship()).thenFails(Refused.class))
                .hasMessageContaining("nothing");
    }
}
