package io.esdb.examples.shop;

import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.StreamRead;
import io.esdb.erasure.Erasure;
import io.esdb.json.EventTypes;
import io.esdb.json.JsonEvents;
import java.util.Optional;

/**
 * How to reach customers. Each event in here is sealed with a key of its customer; no other event, snapshot or state says who
 * somebody is. So to shred the key is to forget the customer.
 */
final class Contacts {
    private static final JsonEvents JSON = JsonEvents.of(EventTypes.none().with("ContactGiven", Contact.class));

    private final EventStore store;
    private final Erasure erasure;

    Contacts(EventStore store, Erasure erasure) {
        this.store = store;
        this.erasure = erasure;
    }

    void give(String customer, Contact contact) {
        store.append(stream(customer), ExpectedRevision.any(), erasure.seal(customer, JSON.toEvent(contact)));
    }

    /** What was given last. */
    Optional<Contact> find(String customer) {
        return store.read(StreamRead.backward(stream(customer)).limit(1)).events().stream()
                .map(erasure::opened)
                .filter(event -> !Erasure.isErased(event))
                .map(event -> JSON.read(event, Contact.class))
                .findFirst();
    }

    void forget(String customer) {
        erasure.erase(customer);
    }

    static String stream(String customer) {
        return "customer-" + customer;
    }
}
