package io.esdb.examples;

import io.esdb.*;
import io.esdb.host.EventStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** One of everything that a store does. The document {@code docs/store.md} shows it piece by piece. */
final class StoreTour {
    private StoreTour() {}

    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        try (EventStores stores = EventStores.open(folder.resolve("stores"))) {
            EventStore store = stores.open("tour");
            append(store);
            read(store);
            decide(store);
            hide(store);
            keep(stores, store, folder.resolve("backup"));
        }
    }

    static void append(EventStore store) {
        EventData placed = event("OrderPlaced", "{\"total\": 40}").withTags("customer:ann");
        AppendResult first = store.append("order-1", ExpectedRevision.noStream(), placed);
        // The same event again, after whatever failure: the first answer, and nothing is written.
        System.out.println(first.equals(store.append("order-1", ExpectedRevision.noStream(), placed)));
        // Two streams, both or none.
        store.append(
                AppendRequest.to("order-1", ExpectedRevision.exactly(first.lastRevision()), event("OrderPaid", "{}"))
                        .and("account-ann", ExpectedRevision.any(), event("Charged", "{\"sum\": 40}")));
        // Without waiting; here we wait after all.
        AppendRequest request = AppendRequest.to("order-2", ExpectedRevision.any(), event("OrderPlaced", "{}"));
        store.appendAsync(request)
                .thenAccept(result -> System.out.println("at position " + result.firstPosition()))
                .toCompletableFuture()
                .join();
        try {
            store.append("order-1", ExpectedRevision.exactly(0), event("OrderPaid", "{}"));
        } catch (WrongExpectedRevision lost) {
            System.out.println(lost.stream() + " is at " + lost.actual());
        }
    }

    static void read(EventStore store) {
        // A page. The next one begins at next(); there is none if end().
        EventPage page = store.read(StreamRead.forward("order-1").limit(1));
        System.out.println(page.events().size() + ", next " + page.next() + ", end " + page.end());
        // Page after page, as far as you walk. There is nothing to close.
        for (RecordedEvent event : Pages.iterate(store, StreamRead.forward("order-1"))) {
            System.out.println(event.revision() + " " + event.type());
        }
        // The last one.
        Pages.stream(store, StreamRead.backward("order-1").limit(1))
                .findFirst()
                .ifPresent(event -> System.out.println("last " + event.type()));
        // The whole store, in the order of positions; or only what matches a query.
        System.out.println(Pages.stream(store, LogRead.forward()).count() + " events");
        Query query = Query.tags("customer:ann")
                .or(QueryItem.category("account").withTypes("Charged"))
                .or(QueryItem.streamPrefix("order-2"));
        System.out.println(Pages.stream(store, LogRead.backward().matching(query))
                .map(RecordedEvent::type)
                .toList());
    }

    static void decide(EventStore store) {
        Query ofAnn = Query.tags("customer:ann");
        EventPage seen = Pages.all(store, ofAnn, 1_000); // LimitExceeded if there are more
        store.append(AppendRequest.to("order-3", ExpectedRevision.noStream(), ordered())
                .onlyIf(AppendCondition.noneMatchesAfter(ofAnn, seen.asOf())));
        try { // what was seen then is not all any more
            store.append(AppendRequest.to("order-4", ExpectedRevision.noStream(), ordered())
                    .onlyIf(AppendCondition.noneMatchesAfter(ofAnn, seen.asOf())));
        } catch (AppendConditionFailed lost) {
            System.out.println("somebody was quicker, at position " + lost.position());
        }
    }

    static void hide(EventStore store) {
        store.trim("order-1", 1); // the events before revision 1
        store.limit("account-ann", StreamLimits.none().withMaxCount(100).withMaxAge(Duration.ofDays(30)));
        store.delete("order-2", ExpectedRevision.any()); // reads as missing; an append brings it back
        store.tombstone("order-3", ExpectedRevision.exists()); // takes no event any more, ever
        System.out.println(store.sweep() + " events swept"); // frees the disk of what is hidden
    }

    static void keep(EventStores stores, EventStore store, Path folder) {
        BackupInfo backup = store.backup(folder); // while the store is in use; missing or empty before
        stores.restore(backup.folder(), "restored"); // a new store, not open yet
        VerifyReport report = stores.open("restored").verify(); // reads and checks everything
        System.out.println(report.events() + " events, clean " + report.isClean());

        Durability interval = Durability.interval(Duration.ofMillis(100));
        EventStore quick = stores.open("quick", StoreOptions.defaults().withDurability(interval));
        quick.append("visit-1", ExpectedRevision.any(), event("Visited", "{}"));
        quick.force(); // on disk now; otherwise 100 ms later at most
    }

    private static EventData ordered() {
        return event("OrderPlaced", "{}").withTags("customer:ann");
    }

    private static EventData event(String type, String json) {
        return EventData.json(type, json.getBytes(StandardCharsets.UTF_8));
    }
}
