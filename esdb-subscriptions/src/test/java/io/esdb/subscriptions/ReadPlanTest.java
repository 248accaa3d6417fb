package io.esdb.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.Query;
import io.esdb.QueryItem;
import io.esdb.RecordedEvent;
import io.esdb.host.EventStores;
import io.esdb.subscriptions.RandomSelectors.Meant;
import io.esdb.subscriptions.ReadPlan.OneStream;
import io.esdb.subscriptions.ReadPlan.WholeLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadPlanTest {
    private final EventStores stores = EventStores.inMemory();
    private final EventStore store = stores.open("plans");

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void plansFindExactlyWhatSelectorsMean() {
        List<RecordedEvent> all = fill(120);
        int found = 0;
        int selected = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            RandomSelectors random = new RandomSelectors(seed);
            Meant meant = random.next(3);
            List<Long> expected = positions(all.stream().filter(meant.meaning()).toList());
            assertThat(read(meant.selector(), From.start(), 1 + random.number(50)))
                    .as("seed %s: %s", seed, meant.selector().text())
                    .isEqualTo(expected);
            found += expected.isEmpty() ? 0 : 1;
            selected += expected.size();
        }
        assertThat(found).isGreaterThan(1_000);
        assertThat(selected).isBetween(2_000 * 10, 2_000 * 110);
    }

    @Test
    void plansGoOnAfterAnyPosition() {
        List<RecordedEvent> all = fill(120);
        for (int seed = 0; seed < 2_000; seed++) {
            RandomSelectors random = new RandomSelectors(seed);
            Meant meant = random.next(2);
            long after = random.number(125) - 1L;
            List<Long> expected = positions(all.stream()
                    .filter(event -> event.position() > after)
                    .filter(meant.meaning())
                    .toList());
            assertThat(read(meant.selector(), From.after(after), 1 + random.number(20)))
                    .as("seed %s: %s after %s", seed, meant.selector().text(), after)
                    .isEqualTo(expected);
        }
    }

    @Test
    void everyEventFindsThoseItConcerns() {
        List<RecordedEvent> all = fill(60);
        for (int seed = 0; seed < 1_000; seed++) {
            Meant meant = new RandomSelectors(seed).next(3);
            ReadPlan plan = ReadPlan.of(meant.selector());
            Routes<String> routes = new Routes<>();
            routes.add("it", plan);
            for (RecordedEvent event : all) {
                if (meant.meaning().test(event)) {
                    assertThat(routes.candidates(event))
                            .as("seed %s: %s", seed, meant.selector().text())
                            .containsExactly("it");
                }
            }
            routes.remove("it", plan);
            assertThat(all).allMatch(event -> routes.candidates(event).isEmpty());
        }
    }

    @Test
    void whatAnEventDoesNotConcernIsNotAsked() {
        RecordedEvent event = fill(1).get(0);
        Routes<String> routes = new Routes<>();
        routes.add("stream", ReadPlan.of(Selector.stream("another")));
        routes.add("category", ReadPlan.of(Selector.category("another")));
        routes.add("type", ReadPlan.of(Selector.types("Another").and(Selector.payload("{}"))));
        routes.add("tag", ReadPlan.of(Selector.tags("another").or(Selector.streamPrefix("another-"))));
        assertThat(routes.candidates(event)).isEmpty();
    }

    @Test
    void oneStreamIsReadByRevision() {
        assertThat(ReadPlan.of(Selector.stream("order-1")).source()).isEqualTo(new OneStream("order-1"));
        assertThat(ReadPlan.of(Selector.stream("order-1")).filtered()).isFalse();
        ReadPlan narrowed = ReadPlan.of(Selector.types("Paid").and(Selector.stream("order-1")));
        assertThat(narrowed.source()).isEqualTo(new OneStream("order-1"));
        assertThat(narrowed.filtered()).isTrue();
    }

    @Test
    void whatAQueryCanSayIsLeftToTheIndexes() {
        assertQuery(Selector.all(), Query.all());
        assertQuery(Selector.category("order"), Query.category("order"));
        assertQuery(Selector.types("a", "b"), Query.types("a", "b"));
        assertQuery(Selector.tags("a", "b"), Query.tags("a", "b"));
        assertQuery(
                Selector.category("order").and(Selector.types("a", "b")).and(Selector.tags("t")),
                Query.of(QueryItem.category("order").withTypes("a", "b").withTags("t")));
        assertQuery(
                Selector.types("a").and(Selector.types("a", "b")).and(Selector.streamPrefix("order-1")),
                Query.of(QueryItem.types("a").withStreamPrefix("order-1").withCategory("order")));
        assertQuery(
                Selector.category("order").or(Selector.types("a")),
                Query.of(QueryItem.category("order"), QueryItem.types("a")));
    }

    private static void assertQuery(Selector selector, Query query) {
        ReadPlan plan = ReadPlan.of(selector);
        assertThat(plan.source()).isEqualTo(new WholeLog(query));
        assertThat(plan.filtered()).isFalse();
    }

    @Test
    void patternsAreFilteredAmongWhatTheIndexesFind() {
        ReadPlan plan = ReadPlan.of(Selector.types("a").and(Selector.payload("{\"x\":1}")));
        assertThat(plan.source()).isEqualTo(new WholeLog(Query.types("a")));
        assertThat(plan.filtered()).isTrue();
        ReadPlan unnarrowed = ReadPlan.of(Selector.payload("{\"x\":1}").or(Selector.types("a")));
        assertThat(unnarrowed.source()).isEqualTo(new WholeLog(Query.all()));
        assertThat(unnarrowed.filtered()).isTrue();
    }

    @Test
    void queriesStayWithinTheLimitsOfStores() {
        Selector wide = anyOf("a", 30).and(anyOf("b", 30));
        assertThat(ReadPlan.of(wide).source())
                .isInstanceOfSatisfying(
                        WholeLog.class, log -> assertThat(log.query().items()).hasSizeLessThanOrEqualTo(100));
        assertThat(ReadPlan.of(anyOf("c", 200)).source()).isEqualTo(new WholeLog(Query.all()));
        fill(10);
        assertThat(read(wide, From.start(), 10)).isEmpty();
        assertThat(read(anyOf("c", 200), From.start(), 10)).isEmpty();
    }

    private static Selector anyOf(String prefix, int count) {
        List<Selector> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(Selector.tags(prefix + i));
        }
        return Selector.anyOf(parts.toArray(Selector[]::new));
    }

    private List<RecordedEvent> fill(int count) {
        RandomSelectors random = new RandomSelectors(42);
        for (int i = 0; i < count; i++) {
            store.append(random.stream(), ExpectedRevision.any(), random.event());
        }
        return Pages.stream(store, LogRead.forward()).toList();
    }

    private List<Long> read(Selector selector, From from, int limit) {
        Walk walk = Beginning.of(store, ReadPlan.of(selector), from);
        List<Long> found = new ArrayList<>();
        Batch batch;
        do {
            batch = walk.read(limit);
            assertThat(batch.events()).hasSizeLessThanOrEqualTo(limit);
            found.addAll(positions(batch.events()));
        } while (!batch.end());
        assertThat(batch.through())
                .isEqualTo(Math.max(
                        Beginning.last(store), from instanceof From.AfterPosition after ? after.position() : 0));
        return found;
    }

    private static List<Long> positions(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::position).toList();
    }
}
