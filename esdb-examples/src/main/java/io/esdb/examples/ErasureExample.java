package io.esdb.examples;

import io.esdb.*;
import io.esdb.erasure.*;
import io.esdb.host.EventStores;
import io.esdb.json.*;
import java.nio.file.Path;
import java.util.UUID;

class ErasureExample {
    record Moved(String street) {}

    public static void main(String[] args) throws Exception {
        JsonEvents json = JsonEvents.of(EventTypes.none().with("Moved", Moved.class));
        // For the example only: keys belong into a key management service, and never on the disk of the store.
        KeyProvider keys = FileKeyProvider.at(Path.of(args[0], "keys"));
        try (EventStores stores = EventStores.open(Path.of(args[0], "stores"));
                Erasure erasure = Erasure.on(stores.open("crm"), keys)) {
            EventStore store = stores.open("crm");
            String ann = UUID.randomUUID().toString(); // names of subjects are not erased: they should mean nothing
            String bob = UUID.randomUUID().toString();
            store.append(
                    "moves-" + ann, ExpectedRevision.any(), erasure.seal(ann, json.toEvent(new Moved("Rue Haute"))));
            store.append("moves-" + bob, ExpectedRevision.any(), erasure.seal(bob, json.toEvent(new Moved("Meir"))));
            erasure.erase(ann);
            for (String stream : new String[] {"moves-" + ann, "moves-" + bob}) {
                for (RecordedEvent event : Pages.iterate(store, StreamRead.forward(stream))) {
                    Opened opened = erasure.open(event);
                    boolean plain = opened instanceof Opened.Plain;
                    System.out.println(plain ? json.fromEvent(opened.event()) : event.type() + " of someone erased");
                }
            }
        }
    }
}
