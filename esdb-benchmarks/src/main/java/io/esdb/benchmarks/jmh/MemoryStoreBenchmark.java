package io.esdb.benchmarks.jmh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.esdb.AppendResult;
import io.esdb.EventData;
import io.esdb.EventPage;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.LogRead;
import io.esdb.host.EventStores;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** An event's way into a store and out of it, without a disk: encoding, deciding, decoding. Time is per event. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class MemoryStoreBenchmark {
    private static final int EVENTS = 100;

    /** Bytes of each event. */
    @Param({"256", "4096"})
    public int bytes;

    private EventStores stores = EventStores.inMemory();
    private EventStore store = stores.open("none");
    private byte[] data = {};
    private long revision = -1;

    /** A store of its own for each iteration, or memory would run out. */
    @Setup(Level.Iteration)
    public void open() {
        stores = EventStores.inMemory();
        store = stores.open("bench");
        data = "{\"sku\":\"b5d4045c\",\"quantity\":7} "
                .repeat(bytes)
                .substring(0, bytes)
                .getBytes(US_ASCII);
        revision = store.append("order-1", ExpectedRevision.any(), events()).lastRevision();
    }

    /** Forgets the store. */
    @TearDown(Level.Iteration)
    public void close() {
        stores.close();
    }

    /** Appends a hundred events at once, the exact revision expected. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public AppendResult append() {
        AppendResult result = store.append("order-1", ExpectedRevision.exactly(revision), events());
        revision = result.lastRevision();
        return result;
    }

    /** Reads a page of a hundred events. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public EventPage readPage() {
        return store.read(LogRead.forward().limit(EVENTS));
    }

    private List<EventData> events() {
        List<EventData> events = new ArrayList<>(EVENTS);
        for (int i = 0; i < EVENTS; i++) {
            events.add(EventData.json("OrderPlaced", data));
        }
        return events;
    }
}
