package io.esdb.storage.rocks.store;

import io.esdb.AppendCondition;
import io.esdb.AppendConditionFailed;
import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.Query;
import io.esdb.QueryItem;
import io.esdb.StoreStatistics;
import io.esdb.StreamRead;
import io.esdb.WrongExpectedRevision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Everything that can be asked of a store with {@link KnownContent}; nothing that is asked changes an event. */
final class Questions {
    private static final int PAGE = 500;

    private final Map<String, Function<EventStore, Object>> reads = new LinkedHashMap<>();
    private final Map<String, Function<EventStore, Object>> writes = new LinkedHashMap<>();

    Questions() {
        List<AppendRequest> appends = KnownContent.appends();
        readLog();
        readStreams();
        readQueries();
        readEvents(appends);
        writeAgain(appends);
    }

    Map<String, Function<EventStore, Object>> reads() {
        return reads;
    }

    /** Appends that have to find in the store why they write nothing. */
    Map<String, Function<EventStore, Object>> writes() {
        return writes;
    }

    private void readLog() {
        add("statistics", store -> figures(store.statistics()));
        add(
                "log forward",
                store -> Pages.stream(store, LogRead.forward().limit(PAGE)).toList());
        add(
                "log backward",
                store -> Pages.stream(store, LogRead.backward().limit(PAGE)).toList());
        for (int from = 0; from < 1_000; from += 50) {
            int position = from;
            add(
                    "log from " + from,
                    store -> store.read(LogRead.forward().from(position).limit(10)));
        }
    }

    private void readStreams() {
        add("streams", store -> store.streams("", "", 10_000));
        for (int i = 0; i < KnownContent.STREAMS; i++) {
            String stream = KnownContent.stream(i);
            add(stream, store -> store.stream(stream));
            add(stream + " forward", store -> store.read(StreamRead.forward(stream)));
            add(stream + " backward", store -> store.read(StreamRead.backward(stream)));
            add(
                    stream + " at 3",
                    store -> store.read(StreamRead.forward(stream).from(3).limit(1)));
        }
        add("no stream", store -> store.stream("kind0-no"));
    }

    private void readQueries() {
        for (int i = 0; i < KnownContent.TYPES; i++) {
            String type = "Type" + i;
            query(Query.types(type));
            query(Query.of(QueryItem.types(type).withTags("tag:" + i, "all")));
            query(Query.of(QueryItem.types(type).withCategory("kind" + i % 4)));
        }
        for (int i = 0; i < KnownContent.TAGS; i++) {
            query(Query.tags("tag:" + i));
            query(Query.tags("tag:" + i).or(QueryItem.tags("tag:" + (i + 1)).withCategory("kind1")));
        }
        for (int i = 0; i < 4; i++) {
            query(Query.category("kind" + i));
            query(Query.streamPrefix("kind" + i + "-1"));
        }
        query(Query.tags("no such tag"));
    }

    private void query(Query query) {
        LogRead read = LogRead.forward().matching(query).limit(PAGE);
        LogRead back = LogRead.backward().matching(query).limit(3);
        add("query " + query, store -> List.of(Pages.stream(store, read).toList(), store.read(back)));
    }

    private void readEvents(List<AppendRequest> appends) {
        for (int i = 0; i < appends.size(); i += 7) {
            UUID id = appends.get(i).streams().get(0).events().get(0).id();
            add("event " + id, store -> store.event(id));
        }
        add("no event", store -> store.event(new UUID(1, 1)));
    }

    private void writeAgain(List<AppendRequest> appends) {
        for (int i = 0; i < appends.size(); i += 25) {
            AppendRequest append = appends.get(i);
            writes.put("retry " + i, store -> store.append(append));
        }
        EventData[] fresh = {EventData.bytes("New", "new".getBytes(StandardCharsets.UTF_8))};
        for (int i = 0; i < KnownContent.STREAMS; i += 4) {
            String stream = KnownContent.stream(i);
            writes.put(
                    "no " + stream,
                    store -> refusal(store, AppendRequest.to(stream, ExpectedRevision.noStream(), fresh)));
        }
        for (int i = 0; i < KnownContent.TAGS; i += 3) {
            AppendCondition none = AppendCondition.noneMatches(Query.tags("tag:" + i));
            AppendRequest request =
                    AppendRequest.to("new", ExpectedRevision.any(), fresh).onlyIf(none);
            writes.put("no tag:" + i, store -> refusal(store, request));
        }
    }

    private static Object refusal(EventStore store, AppendRequest request) {
        try {
            return "written: " + store.append(request);
        } catch (WrongExpectedRevision | AppendConditionFailed e) {
            return e.toString();
        }
    }

    private static List<Object> figures(StoreStatistics figures) {
        List<Object> steady = new ArrayList<>();
        steady.add(figures.id());
        steady.add(figures.lastPosition());
        steady.add(figures.streams());
        steady.add(figures.indexes());
        return steady;
    }

    private void add(String name, Function<EventStore, Object> question) {
        reads.put(name, question);
    }
}
