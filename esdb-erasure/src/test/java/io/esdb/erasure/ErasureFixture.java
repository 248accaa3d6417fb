package io.esdb.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.LogRead;
import io.esdb.RecordedEvent;
import io.esdb.host.EventStores;
import io.esdb.testkit.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** A store in memory, with an erasure on it and a provider that can fail. */
abstract class ErasureFixture {
    final ManualClock clock = new ManualClock();
    final AtomicLong nanos = new AtomicLong();
    final TestedProvider provider = new TestedProvider(new MemoryKeyProvider());
    final EventStores stores = EventStores.inMemory();
    final EventStore store = stores.open("test");
    private final List<Erasure> erasures = new ArrayList<>();
    final Erasure erasure = erasure();

    /** Another one on the same store, as on another node that has applied all. */
    final Erasure erasure() {
        return erasure(ErasureOptions.defaults());
    }

    final Erasure erasure(ErasureOptions options) {
        Erasure made = Erasure.on(store, provider, options, clock, nanos::get);
        erasures.add(made);
        return made;
    }

    @AfterEach
    void close() {
        erasures.forEach(Erasure::close);
        stores.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("esdb-erasure-test");
    }

    static EventData event(String text) {
        return EventData.json("Noted", ("{\"text\":\"" + text + "\"}").getBytes(UTF_8));
    }

    RecordedEvent append(EventData event) {
        long position = store.append("notes-1", ExpectedRevision.any(), event).lastPosition();
        return store.read(LogRead.forward().from(position).limit(1)).events().get(0);
    }

    RecordedEvent sealed(String subject, String text) {
        return append(erasure.seal(subject, event(text)));
    }

    static String text(RecordedEvent event) {
        return new String(event.data(), UTF_8);
    }

    static <T extends Throwable> T failure(Class<T> type, ThrowingCallable call) {
        T failure = catchThrowableOfType(type, call);
        assertThat(failure).as("a failure of type " + type.getSimpleName()).isNotNull();
        return failure;
    }
}
