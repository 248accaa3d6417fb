package io.esdb.subscriptions;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.RecordedEvent;
import io.esdb.host.EventStores;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.Test;

/** The suite of the Reactive Streams standard; the publisher is one that never completes. */
@Test
public class PublisherTckTest extends FlowPublisherVerification<RecordedEvent> {
    private static final int EVENTS = 5_000;

    private EventStores stores;
    private Subscriptions subscriptions;
    private Subscriptions failed;

    public PublisherTckTest() {
        super(new TestEnvironment(1_000, 100));
    }

    @BeforeClass
    void fill() {
        stores = EventStores.inMemory();
        EventStore store = stores.open("tck");
        EventStore closed = stores.open("closed");
        for (int i = 0; i < EVENTS; i++) {
            store.append("s-1", ExpectedRevision.any(), EventData.json("Happened", "1".getBytes(UTF_8)));
        }
        subscriptions = Subscriptions.on(store);
        failed = Subscriptions.on(closed);
        closed.close();
    }

    @AfterClass
    void close() {
        subscriptions.close();
        failed.close();
        stores.close();
    }

    @Override
    public Flow.Publisher<RecordedEvent> createFlowPublisher(long elements) {
        return subscriptions.publisher(Selector.all(), From.start(), SubscriptionOptions.defaults());
    }

    @Override
    public Flow.Publisher<RecordedEvent> createFailedFlowPublisher() {
        return failed.publisher(Selector.all(), From.end(), SubscriptionOptions.defaults());
    }

    @Override
    public long maxElementsFromPublisher() {
        return publisherUnableToSignalOnComplete();
    }
}
