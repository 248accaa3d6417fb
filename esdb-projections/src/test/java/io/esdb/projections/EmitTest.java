package io.esdb.projections;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.InvalidInput;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.Query;
import io.esdb.QueryItem;
import io.esdb.RecordedEvent;
import io.esdb.projections.ProjectionStatus.State;
import io.esdb.subscriptions.Selector;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Events and links that projections append. */
class EmitTest extends ProjectionFixture {
    private static EventData copyOf(RecordedEvent event) {
        return EventData.json("Copied", event.data()).withTags("kept").withMetadata("{\"m\":1}".getBytes(UTF_8));
    }

    static Projection<byte[]> copies(String name, int version, Selector selector, String to) {
        return Projection.emitting(name, version, selector, (event, effects) -> effects.emit(to, copyOf(event)))
                .withOptions(QUICK);
    }

    private static Query emittedBy(String name) {
        return new Query(List.of(QueryItem.tags(Projections.tagOf(name))));
    }

    @Test
    void emittedEventsKeepWhatTheyHaveAndGetATag() {
        projections.define(copies("copies", 1, Selector.types("Added"), "copy"));
        projections.await("copies", add("a", 1, 2, 3), LONG);
        List<RecordedEvent> copies = stream("copy");

        assertThat(copies).extracting(ProjectionFixture::text).containsExactly("1", "2", "3");
        assertThat(copies).allSatisfy(copy -> {
            assertThat(copy.type()).isEqualTo("Copied");
            assertThat(copy.metadata()).isEqualTo("{\"m\":1}".getBytes(UTF_8));
            assertThat(copy.tags()).containsExactlyInAnyOrder("kept", "projection:copies");
        });
        assertThat(Pages.stream(store, LogRead.forward().matching(emittedBy("copies")))
                        .toList())
                .isEqualTo(copies);
    }

    @Test
    void idsFollowFromTheProjectionItsVersionTheEventAndTheNumber() {
        RecordedEvent one = RecordedEvents.of(7, "a", 0, added(1));
        EventData any = EventData.bytes("X", new byte[0]);
        UUID id = new Emission("p", 1).mark(any, one, 0).id();

        assertThat(new Emission("p", 1)
                        .mark(any.withId(UUID.randomUUID()), one, 0)
                        .id())
                .isEqualTo(id);
        assertThat(List.of(
                        new Emission("q", 1).mark(any, one, 0).id(),
                        new Emission("p", 2).mark(any, one, 0).id(),
                        new Emission("p", 1).mark(any, one, 1).id(),
                        new Emission("p", 1)
                                .mark(any, RecordedEvents.of(7, "a", 0, added(1)), 0)
                                .id()))
                .doesNotContain(id)
                .doesNotHaveDuplicates();
        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void aProjectionNeverGetsWhatItEmitted() {
        projections.define(copies("echo", 1, Selector.all(), "copy"));
        projections.await("echo", add("a", 1, 2), LONG);
        projections.await("echo", add("a", 3), LONG);
        projections.await("echo", all().size() - 1L, LONG);

        assertThat(stream("copy")).extracting(ProjectionFixture::text).containsExactly("1", "2", "3");
        assertThat(all()).hasSize(6);
        assertThat(current("echo").events()).isEqualTo(3);
    }

    @Test
    void alsoANewVersionDoesNotGetWhatTheOldOneEmitted() {
        projections.define(copies("echo", 1, Selector.all(), "copy1"), copies("echo", 2, Selector.all(), "copy2"));
        add("a", 1, 2);
        projections.rebuild("echo", 2);
        await().until(() -> projections.status("echo").active() == 2);
        projections.await("echo", all().size() - 1L, LONG);

        assertThat(stream("copy2")).extracting(ProjectionFixture::text).containsExactly("1", "2");
    }

    @Test
    void linksPointAtTheOriginal() {
        projections.define(Projection.emitting("links", 1, Selector.types("Added"), (event, effects) -> {
            if (amount(event) > 10) {
                effects.link("large");
            }
        }));
        projections.await("links", add("a", 1, 20, 3, 40), LONG);
        List<RecordedEvent> links = stream("large");

        assertThat(links).hasSize(2).allMatch(link -> link.type().equals(Link.TYPE));
        assertThat(links)
                .map(link -> Link.of(link).orElseThrow().resolve(store).orElseThrow())
                .extracting(ProjectionFixture::text)
                .containsExactly("20", "40");
        assertThat(text(links.get(0)))
                .isEqualTo("{\"position\":1,\"id\":\"" + all().get(1).id() + "\"}");
        store.delete("a", ExpectedRevision.any());
        assertThat(Link.of(links.get(0)).orElseThrow().resolve(store)).isEmpty();
    }

    @Test
    void whatIsNoLinkIsNone() {
        UUID id = UUID.randomUUID();
        for (String data : List.of("", "{}", "{\"position\":-1,\"id\":\"" + id + "\"}", "x".repeat(500))) {
            EventData event = EventData.json(Link.TYPE, data.getBytes(UTF_8));
            assertThat(Link.of(RecordedEvents.of(0, "a", 0, event))).isEmpty();
        }
        EventData other = new Link(3, id).asEvent();
        assertThat(Link.of(RecordedEvents.of(0, "a", 0, other))).contains(new Link(3, id));
        assertThat(Link.of(RecordedEvents.of(0, "a", 0, EventData.json("Other", other.data()))))
                .isEmpty();
        assertThatThrownBy(() -> new Link(-1, id)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void anEventThatCannotBeAppendedIsTheFailureOfItsOriginal() {
        store.append("gone", ExpectedRevision.any(), added(0));
        store.tombstone("gone", ExpectedRevision.any());
        projections.define(Projection.emitting(
                        "copies",
                        1,
                        Selector.types("Added"),
                        (event, effects) -> effects.emit(amount(event) == 5 ? "gone" : "copy", copyOf(event)))
                .withOptions(QUICK.withOnFailure(OnFailure.STOP)));
        add("a", 1, 2, 3, 4, 5, 6, 7);
        awaitState("copies", State.STOPPED);

        assertThat(stream("copy")).extracting(ProjectionFixture::text).containsExactly("1", "2", "3", "4");
        assertThat(current("copies").failure()).satisfies(failure -> {
            assertThat(failure.position()).isEqualTo(5);
            assertThat(failure.reason()).contains("StreamTombstoned");
        });
    }
}
