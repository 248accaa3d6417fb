package io.esdb.benchmarks.jmh;

import io.esdb.Query;
import io.esdb.QueryItem;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Whether one event matches a query. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class QueryBenchmark {
    private Query oneType = Query.types("OrderPlaced");
    private Query tagsAndType = Query.of(QueryItem.tags("customer:1", "order:2").withTypes("OrderPaid", "OrderPlaced"));
    private Query manyItems = manyItems();
    private String stream = "order-2";
    private String type = "OrderPlaced";
    private Set<String> tags = Set.of("customer:1", "order:2", "region:north");

    /** One type. */
    @Benchmark
    public boolean oneType() {
        return oneType.matches(stream, type, tags);
    }

    /** Two tags and one of two types. */
    @Benchmark
    public boolean tagsAndType() {
        return tagsAndType.matches(stream, type, tags);
    }

    /** Fifty alternatives, none of which matches. */
    @Benchmark
    public boolean noneOfMany() {
        return manyItems.matches(stream, type, tags);
    }

    private static Query manyItems() {
        QueryItem[] items = new QueryItem[50];
        for (int i = 0; i < items.length; i++) {
            items[i] = QueryItem.tags("customer:" + (i + 100)).withTypes("OrderPlaced");
        }
        return Query.of(items);
    }
}
