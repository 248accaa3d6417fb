package io.esdb.examples.mailer;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.examples.Output;
import io.esdb.host.EventStores;
import io.esdb.subscriptions.persistent.ConnectedConsumer;
import io.esdb.subscriptions.persistent.PersistentSubscriptions;
import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MailerTest {
    @Test
    void exampleRuns() throws Exception {
        assertThat(Output.of(() -> MailerExample.main(new String[0])))
                .containsExactly(
                        "To ann@example.org: Your bolt is on its way",
                        "To ann@example.org: Your nail is on its way",
                        "Parked is event 1: 'nowhere' is no address");
    }

    @Test
    void aServerThatIsDownIsTriedAgain() throws Exception {
        try (EventStores stores = EventStores.inMemory();
                PersistentSubscriptions subscriptions = PersistentSubscriptions.on(stores.open("shop"))) {
            EventStore store = stores.open("shop");
            LinkedBlockingQueue<String> sent = new LinkedBlockingQueue<>();
            AtomicInteger failures = new AtomicInteger(2);
            ConnectedConsumer unused = Mailer.connect(subscriptions, (key, address, text) -> {
                if (failures.getAndDecrement() > 0) {
                    throw new IOException("down");
                }
                sent.add(address);
            });
            store.append("order-1", ExpectedRevision.any(), Mailer.JSON.toEvent(new OrderPlaced("a@b", "x")));
            assertThat(sent.poll(60, TimeUnit.SECONDS)).isEqualTo("a@b");
            assertThat(subscriptions.info(Mailer.NAME).retries()).isEqualTo(2);
        }
    }
}
