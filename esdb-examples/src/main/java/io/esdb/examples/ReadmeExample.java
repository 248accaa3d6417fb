package io.esdb.examples;

import io.esdb.*;
import io.esdb.host.EventStores;
import io.esdb.json.*;
import java.nio.file.Path;

class ReadmeExample {
    record Booked(String seat) {}

    public static void main(String[] args) {
        JsonEvents json = JsonEvents.of(EventTypes.none().with("Booked", Booked.class));
        try (EventStores stores = EventStores.open(Path.of(args[0]))) {
            EventStore store = stores.open("cinema");
            // Both events or none, and only if the stream is still where it was read.
            ExpectedRevision unchanged = ExpectedRevision.after(store.head("show-7"));
            store.append("show-7", unchanged, json.toEvent(new Booked("A1")), json.toEvent(new Booked("A2")));
            // A decision on events of many streams, and an append only if none like them came after.
            Query shows = Query.category("show");
            EventPage seen = Pages.all(store, shows, 1_000);
            seen.events().forEach(event -> System.out.println(event.stream() + " " + json.fromEvent(event)));
            store.append(AppendRequest.to("show-8", ExpectedRevision.any(), json.toEvent(new Booked("B1")))
                    .onlyIf(AppendCondition.noneMatchesAfter(shows, seen.asOf())));
        }
    }
}
