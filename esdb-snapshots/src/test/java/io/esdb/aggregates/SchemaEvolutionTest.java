package io.esdb.aggregates;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.Query;
import io.esdb.json.EventTooNew;
import io.esdb.json.EventTypes;
import io.esdb.json.JsonCodec;
import io.esdb.json.JsonEvents;
import io.esdb.json.UnknownEventType;
import io.esdb.json.UnknownTypes;
import io.esdb.snapshots.SnapshotOptions;
import io.esdb.snapshots.Snapshots;
import io.esdb.testkit.FreshEventStore;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program and its successor on the same streams: upcasters, unknown types, and states of two versions. */
@FreshEventStore
class SchemaEvolutionTest {
    private static final String STREAM = "account-1";
    private static final String AS_EUROS = "Deposited";

    /** The first program: whole euros. */
    record DepositedEuros(long euros) {}

    record Euros(long euros) {
        List<DepositedEuros> decide(long more) {
            return List.of(new DepositedEuros(more));
        }

        Euros evolve(DepositedEuros event) {
            return new Euros(euros + event.euros());
        }
    }

    /** The second program: cents. */
    record Deposited(long cents) {}

    record Cents(long cents, int deposits) {
        List<Deposited> decide(long more) {
            return List.of(new Deposited(more));
        }

        Cents evolve(Deposited event) {
            return new Cents(cents + event.cents(), deposits + 1);
        }
    }

    private static final JsonEvents FIRST_EVENTS = JsonEvents.of(
                    EventTypes.none().with(AS_EUROS, DepositedEuros.class))
            .withTags(Object.class, event -> List.of("account:1"));
    private static final JsonEvents SECOND_EVENTS = JsonEvents.of(EventTypes.none()
                    .with(AS_EUROS, 2, Deposited.class)
                    .withUpcaster(
                            AS_EUROS,
                            1,
                            data -> data.put("cents", data.remove("euros").longValue() * 100)))
            .withTags(Object.class, event -> List.of("account:1"));

    private EventStore store;
    private Snapshots snapshots;

    @BeforeEach
    void open(EventStore store) {
        this.store = store;
        this.snapshots = Snapshots.on(store, SnapshotOptions.defaults());
    }

    private Aggregates<Long, Euros, DepositedEuros> first() {
        JsonCodec<Euros> codec = JsonCodec.of(Euros.class);
        Aggregate<Long, Euros, DepositedEuros> account =
                Aggregate.of("account", new Euros(0), Euros::decide, Euros::evolve);
        return Aggregates.on(
                        store,
                        account,
                        EventMapping.of(FIRST_EVENTS::toEvent, FIRST_EVENTS.reader(DepositedEuros.class)))
                .withSnapshots(snapshots, StateMapping.json(codec::write, codec::read), SnapshotPolicy.everyEvents(1));
    }

    private Aggregates<Long, Cents, Deposited> second(JsonEvents events) {
        JsonCodec<Cents> codec = JsonCodec.of(Cents.class);
        Aggregate<Long, Cents, Deposited> account = Aggregate.<Long, Cents, Deposited>of(
                        "account", new Cents(0, 0), Cents::decide, Cents::evolve)
                .withStateVersion(2);
        return Aggregates.on(store, account, EventMapping.of(events::toEvent, events.reader(Deposited.class)))
                .withSnapshots(snapshots, StateMapping.json(codec::write, codec::read), SnapshotPolicy.everyEvents(1));
    }

    private void awaitSnapshot(long version) {
        await().untilAsserted(() -> assertThat(snapshots.latest("account", STREAM))
                .hasValueSatisfying(
                        snapshot -> assertThat(snapshot.key().version()).isEqualTo(version)));
    }

    @Test
    void theSuccessorUpcastsOldEventsAndPassesOverOldSnapshots() {
        first().execute(STREAM, 3L);
        first().execute(STREAM, 4L);
        awaitSnapshot(1);
        Aggregates<Long, Cents, Deposited> second = second(SECOND_EVENTS);

        assertThat(second.load(STREAM)).isEqualTo(new LoadedStream<>(new Cents(700, 2), 1, -1, 2));
        assertThat(second.load(Query.tags("account:1")).state()).isEqualTo(new Cents(700, 2));
        assertThat(second.execute(STREAM, 50L).state()).isEqualTo(new Cents(750, 3));
        awaitSnapshot(2);
        assertThat(second.load(STREAM)).isEqualTo(new LoadedStream<>(new Cents(750, 3), 2, 2, 0));
    }

    @Test
    void thePredecessorSaysThatItIsTooOld() {
        second(SECOND_EVENTS).execute(STREAM, 50L);

        assertThatThrownBy(() -> first().load(STREAM)).isInstanceOf(EventTooNew.class);
    }

    @Test
    void unknownTypesAreTreatedAsStated() {
        first().execute(STREAM, 3L);
        store.append(STREAM, ExpectedRevision.any(), EventData.json("Renamed", "{}".getBytes(UTF_8)));

        assertThatThrownBy(() -> second(SECOND_EVENTS).execute(STREAM, 50L)).isInstanceOf(UnknownEventType.class);
        Executed<Cents, Deposited> executed =
                second(SECOND_EVENTS.withUnknownTypes(UnknownTypes.SKIP)).execute(STREAM, 50L);

        assertThat(executed.state()).isEqualTo(new Cents(350, 2));
        assertThat(store.head(STREAM)).isEqualTo(2);
    }
}
