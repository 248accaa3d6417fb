package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.EventStore;
import io.esdb.LogRead;
import io.esdb.Pages;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@FreshEventStore
class EventGeneratorTest {

    @Test
    void aStoreTakesWhatItMakes(EventStore store, EventGenerator generator) {
        long events = 0;
        for (int i = 0; i < 300; i++) {
            AppendRequest request = generator.request();
            AppendResult result = store.append(request);
            events += request.eventCount();
            assertThat(result.lastPosition()).isEqualTo(events - 1);
        }
        assertThat(Pages.stream(store, LogRead.forward()).count()).isEqualTo(events);
        assertThat(store.verify().problems()).isEmpty();
    }

    @Test
    void theSameSeedMakesTheSame() {
        EventGenerator first = new EventGenerator(42);
        EventGenerator second = new EventGenerator(42);

        IntStream.range(0, 100).forEach(i -> assertThat(first.request()).isEqualTo(second.request()));
        assertThat(new EventGenerator(43).request()).isNotEqualTo(new EventGenerator(42).request());
    }

    @Test
    void theSeedCanBeToldAndFixed() {
        assertThat(new EventGenerator(42)).hasToString("events made with -Desdb.seed=42");
        System.setProperty(EventGenerator.SEED_PROPERTY, "77");
        try {
            assertThat(new EventGenerator().seed()).isEqualTo(77);
        } finally {
            System.clearProperty(EventGenerator.SEED_PROPERTY);
        }
    }
}
