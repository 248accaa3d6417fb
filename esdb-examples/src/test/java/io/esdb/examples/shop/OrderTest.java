package io.esdb.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.examples.shop.Order.Status;
import io.esdb.examples.shop.OrderCommand.Add;
import io.esdb.examples.shop.OrderCommand.Place;
import io.esdb.examples.shop.OrderCommand.Ship;
import io.esdb.examples.shop.OrderEvent.ItemAdded;
import io.esdb.examples.shop.OrderEvent.OrderPlaced;
import io.esdb.examples.shop.OrderEvent.OrderShipped;
import io.esdb.testkit.DeciderTest;
import org.junit.jupiter.api.Test;

/** The rules, without a store. */
class OrderTest {
    private static final OrderEvent PLACED = new OrderPlaced("ann");
    private static final OrderEvent BOLTS = new ItemAdded("bolt", 4, 5);
    private static final OrderEvent SHIPPED = new OrderShipped("ann", 20);

    private final DeciderTest<OrderCommand, Order, OrderEvent> order =
            DeciderTest.of(Order.NONE, Order::decide, Order::evolve);

    @Test
    void anOrderIsPlacedFilledAndShipped() {
        order.given().when(new Place("ann")).thenEvents(PLACED);
        order.given(PLACED)
                .when(new Add("bolt", 4, 5))
                .thenEvents(BOLTS)
                .thenState(new Order(Status.OPEN, "ann", 4, 20));
        order.given(PLACED, BOLTS).when(new Ship()).thenEvents(SHIPPED);
        order.given(PLACED, BOLTS, SHIPPED).thenState(new Order(Status.SHIPPED, "ann", 4, 20));
    }

    @Test
    void itRefusesWhatItsRulesForbid() {
        order.given(PLACED).when(new Place("ann")).thenFails(Refused.class);
        order.given().when(new Add("bolt", 1, 5)).thenFails(Refused.class);
        order.given(PLACED).when(new Add("bolt", 0, 5)).thenFails(Refused.class);
        order.given(PLACED).when(new Add("bolt", 1_001, 5)).thenFails(Refused.class);
        order.given(PLACED, BOLTS, SHIPPED).when(new Add("nut", 1, 5)).thenFails(Refused.class);
        assertThat(order.given(PLACED).when(new Ship()).thenFails(Refused.class))
                .hasMessageContaining("nothing");
    }
}
