package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.EsdbException;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.Query;
import io.esdb.QueryItem;
import io.esdb.RecordedEvent;
import io.esdb.StoreOptions;
import io.esdb.StreamLimits;
import io.esdb.StreamRead;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;

/** Random histories of calls, each held against a model of the store. */
abstract class ModelContract extends EventStoreFixture {
    @Override
    StoreOptions options() {
        return StoreOptions.defaults();
    }

    private static final List<String> STREAMS = List.of("a", "a-1", "a-2", "b", "b-1", "c");

    private final StoreModel model = new StoreModel();
    private final EventGenerator generator = new EventGenerator();

    @RepeatedTest(5)
    void theStoreIsWhatTheModelSays() {
        for (int i = 1; i <= 300; i++) {
            step();
            if (i % 100 == 0) {
                compare();
                reopen();
            }
        }
        compare();
    }

    private void step() {
        String stream = generator.oneOf(STREAMS);
        switch (generator.number(60)) {
            case 0 -> delete(stream, expected(stream));
            case 1 -> trim(stream, generator.number(12));
            case 2 -> limit(stream, 1 + generator.number(8));
            case 3 -> tombstone(stream, ExpectedRevision.exactly(generator.number(30)));
            case 4, 5, 6 -> trim(stream, generator.number(12));
            case 7, 8, 9 -> delete(stream, expected(stream));
            case 10, 11, 12, 13, 14 -> retry();
            default -> append(stream);
        }
    }

    private ExpectedRevision expected(String stream) {
        return generator.oneOf(List.of(
                ANY,
                ANY,
                NO_STREAM,
                EXISTS,
                ExpectedRevision.after(model.head(stream)),
                ExpectedRevision.exactly(generator.number(20))));
    }

    private void delete(String stream, ExpectedRevision expected) {
        same(model.delete(stream, expected, false), () -> store.delete(stream, expected));
    }

    private void tombstone(String stream, ExpectedRevision expected) {
        same(model.delete(stream, expected, true), () -> store.tombstone(stream, expected));
    }

    private void trim(String stream, long before) {
        same(model.trim(stream, before), () -> store.trim(stream, before));
    }

    private void limit(String stream, long count) {
        same(model.limit(stream, count) ? "limited" : null, () -> {
            store.limit(stream, StreamLimits.none().withMaxCount(count));
            return "limited";
        });
    }

    private void append(String stream) {
        AppendRequest first = AppendRequest.to(stream, expected(stream), generator.events(1 + generator.number(4)));
        String other = generator.oneOf(STREAMS);
        AppendRequest request = other.equals(stream) || generator.number(3) > 0
                ? first
                : first.and(other, expected(other), generator.events(1 + generator.number(3)));
        same(model.append(request), () -> store.append(request));
    }

    private void retry() {
        List<Map.Entry<AppendRequest, AppendResult>> done =
                List.copyOf(model.done().entrySet());
        if (!done.isEmpty()) {
            Map.Entry<AppendRequest, AppendResult> before = generator.oneOf(done);
            same(before.getValue(), () -> store.append(before.getKey()));
        }
    }

    /** Both refuse, or both give the same. */
    private void same(@Nullable Object wanted, Supplier<Object> call) {
        Object found;
        try {
            found = call.get();
        } catch (EsdbException refused) {
            assertThat(wanted).as("%s: refused by %s", generator, refused).isNull();
            return;
        }
        assertThat(found).as("%s", generator).isEqualTo(wanted);
    }

    private void compare() {
        List<RecordedEvent> shown = compare(event -> true, LogRead.forward().limit(50));
        compare(event -> event.type().equals("Paid"), LogRead.forward().matching(Query.types("Paid")));
        compare(
                event -> event.tags().contains("tag:3"),
                LogRead.forward().limit(3).matching(Query.tags("tag:3")));
        compare(
                event -> event.category().equals("a") && event.type().equals("Placed"),
                LogRead.forward().matching(Query.of(QueryItem.types("Placed").withCategory("a"))));
        for (String stream : STREAMS) {
            List<RecordedEvent> wanted = only(shown, event -> event.stream().equals(stream));
            List<RecordedEvent> backwards = new ArrayList<>(wanted);
            Collections.reverse(backwards);
            assertSame(Pages.stream(store, StreamRead.forward(stream).limit(7)), wanted);
            assertSame(Pages.stream(store, StreamRead.backward(stream).limit(9)), backwards);
            assertThat(store.head(stream)).as("%s", generator).isEqualTo(model.head(stream));
        }
        assertThat(store.streams("", "", 100).streams()).as("%s", generator).isEqualTo(model.active());
        assertThat(store.verify().problems()).as("%s", generator).isEmpty();
    }

    private List<RecordedEvent> compare(Predicate<RecordedEvent> matches, LogRead read) {
        List<RecordedEvent> found = Pages.stream(store, LogRead.forward()).toList();
        assertThat(found.stream().map(ModelContract::asStored))
                .as("%s", generator)
                .isEqualTo(model.shown().toList());
        assertSame(Pages.stream(store, read), only(found, matches));
        return found;
    }

    private void assertSame(Stream<RecordedEvent> found, List<RecordedEvent> wanted) {
        assertThat(found.toList()).as("%s", generator).isEqualTo(wanted);
    }

    private static List<RecordedEvent> only(List<RecordedEvent> events, Predicate<RecordedEvent> wanted) {
        return events.stream().filter(wanted).toList();
    }

    private static StoreModel.Stored asStored(RecordedEvent event) {
        EventData given = new EventData(
                event.id(),
                event.type(),
                event.contentType(),
                event.data(),
                event.metadataContentType(),
                event.metadata(),
                event.tags());
        return new StoreModel.Stored(given, event.stream(), event.revision(), event.position());
    }
}
