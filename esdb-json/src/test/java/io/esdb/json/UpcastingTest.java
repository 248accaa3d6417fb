package io.esdb.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.esdb.InvalidInput;
import io.esdb.json.Shop.OrderShipped;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class UpcastingTest {
    record Price(BigDecimal amount, Object free) {}

    record Other() {}

    @Test
    void everyOldVersionIsReadAsTheNewest() {
        JsonEvents events = Shop.events();
        assertThat(events.fromEvent(Recorded.json("OrderShipped", 3, "{\"orderId\":\"o-1\",\"carrier\":\"ship\"}")))
                .isEqualTo(new OrderShipped("o-1", "ship"));
        assertThat(events.fromEvent(Recorded.json("OrderShipped", 2, "{\"order\":\"o-1\",\"carrier\":\"ship\"}")))
                .isEqualTo(new OrderShipped("o-1", "ship"));
        assertThat(events.fromEvent(Recorded.json("OrderShipped", 1, "{\"order\":\"o-1\"}")))
                .isEqualTo(new OrderShipped("o-1", "unknown"));
    }

    @Test
    void anEventWithoutAVersionIsOfTheFirst() {
        JsonEvents events = Shop.events();
        String data = "{\"order\":\"o-1\"}";
        OrderShipped expected = new OrderShipped("o-1", "unknown");
        assertThat(events.fromEvent(Recorded.json("OrderShipped", data))).isEqualTo(expected);
        assertThat(events.fromEvent(Recorded.withMetadata("OrderShipped", data, "{\"user\":1}")))
                .isEqualTo(expected);
        assertThat(events.fromEvent(Recorded.withMetadata("OrderShipped", data, "[3]")))
                .isEqualTo(expected);
    }

    @Test
    void aStepMayRenameTheType() {
        EventTypes types = EventTypes.none()
                .with("OrderShipped", 3, OrderShipped.class)
                .withUpcaster("Sent", 1, data -> data.put("carrier", "unknown"))
                .withUpcaster("Sent", 2, "OrderShipped", data -> data);
        assertThat(JsonEvents.of(types).fromEvent(Recorded.json("Sent", 1, "{\"orderId\":\"o-1\"}")))
                .isEqualTo(new OrderShipped("o-1", "unknown"));
    }

    @Test
    void valuesAreTheSameWhetherUpcastOrNot() {
        EventTypes types = EventTypes.none().with("Price", 2, Price.class).withUpcaster("Price", 1, data -> data);
        JsonEvents events = JsonEvents.of(types);
        String data = "{\"amount\":1234567890.12345678901234567890,\"free\":{\"a\":1.50,\"b\":12345678901234567890}}";
        Price old = events.read(Recorded.json("Price", 1, data), Price.class);
        assertThat(old).isEqualTo(events.read(Recorded.json("Price", 2, data), Price.class));
        assertThat(old.amount()).isEqualTo(new BigDecimal("1234567890.12345678901234567890"));
    }

    @Test
    void aVersionBelowTheFirstUpcasterHasNoWayUp() {
        EventTypes types = EventTypes.none().with("Price", 3, Price.class).withUpcaster("Price", 2, data -> data);
        assertThatThrownBy(() -> JsonEvents.of(types).fromEvent(Recorded.json("Price", 1, "{}")))
                .asInstanceOf(type(UpcasterMissing.class))
                .satisfies(missing -> {
                    assertThat(missing.type()).isEqualTo("Price");
                    assertThat(missing.version()).isEqualTo(1);
                    assertThat(missing.position()).isEqualTo(Recorded.POSITION);
                });
    }

    @Test
    void aGapInTheChainIsRefusedBeforeAnythingIsRead() {
        assertRefusedTypes(EventTypes.none().with("Price", 4, Price.class).withUpcaster("Price", 1, data -> data));
        assertRefusedTypes(EventTypes.none().withUpcaster("Price", 1, data -> data));
        assertRefusedTypes(
                EventTypes.none().with("Price", 1, Price.class).withUpcaster("Old", 1, "Price", data -> data));
    }

    @Test
    void anUpcasterFromTheNewestVersionIsRefused() {
        EventTypes types = EventTypes.none().with("Price", 2, Price.class).with("Other", 3, Other.class);
        assertRefusedTypes(types.withUpcaster("Price", 2, "Other", data -> data));
    }

    private static void assertRefusedTypes(EventTypes types) {
        assertThatThrownBy(() -> JsonEvents.of(types))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.field()).isEqualTo("types"));
    }

    @Test
    void aFailingUpcasterIsNamed() {
        IllegalStateException cause = new IllegalStateException("no");
        assertFailsInSecondStep(data -> {
                    throw cause;
                })
                .hasCause(cause);
        assertFailsInSecondStep(UpcastingTest::nothing).hasNoCause();
    }

    @SuppressWarnings("NullAway")
    private static ObjectNode nothing(ObjectNode data) {
        return null;
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ?> assertFailsInSecondStep(Upcaster second) {
        EventTypes types = EventTypes.none()
                .with("Price", 3, Price.class)
                .withUpcaster("Old", 1, "Price", data -> data)
                .withUpcaster("Price", 2, second);
        return assertThatThrownBy(() -> JsonEvents.of(types).fromEvent(Recorded.json("Old", 1, "{}")))
                .isInstanceOfSatisfying(UpcasterFailed.class, failed -> {
                    assertThat(failed.type()).isEqualTo("Old");
                    assertThat(failed.version()).isEqualTo(1);
                    assertThat(failed.position()).isEqualTo(Recorded.POSITION);
                    assertThat(failed.failedType()).isEqualTo("Price");
                    assertThat(failed.failedVersion()).isEqualTo(2);
                });
    }

    @Test
    void onlyObjectsAreUpcast() {
        assertThatThrownBy(() -> Shop.events().fromEvent(Recorded.json("OrderShipped", 1, "[1]")))
                .isInstanceOf(MalformedEvent.class);
    }

    @Test
    void aTypeAClassAndAStepAreRegisteredOnce() {
        EventTypes types = EventTypes.none().with("Price", Price.class).withUpcaster("Old", 1, data -> data);
        assertRefused("type", () -> types.with("Price", Other.class));
        assertRefused("eventClass", () -> types.with("Price2", Price.class));
        assertRefused("version", () -> types.withUpcaster("Old", 1, "New", data -> data));
    }

    @Test
    void typesAndVersionsAreChecked() {
        EventTypes types = EventTypes.none();
        assertRefused("type", () -> types.with(" ", Price.class));
        assertRefused("type", () -> types.withUpcaster("Old", 1, "", data -> data));
        assertRefused("version", () -> types.with("Price", 0, Price.class));
        assertRefused("version", () -> types.withUpcaster("Price", 0, data -> data));
        assertRefused("version", () -> types.withUpcaster("Price", Integer.MAX_VALUE, data -> data));
        assertRefused("eventClass", () -> types.with("Price", null));
        assertRefused("upcaster", () -> types.withUpcaster("Price", 1, null));
    }

    @Test
    void withLeavesTheRegistryUnchanged() {
        EventTypes types = EventTypes.none().with("Price", Price.class);
        types.with("Other", Other.class);
        assertThatThrownBy(() -> JsonEvents.of(types).toEvent(new Other())).isInstanceOf(EventNotWritable.class);
    }

    private static void assertRefused(String field, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.field()).isEqualTo(field));
    }
}
