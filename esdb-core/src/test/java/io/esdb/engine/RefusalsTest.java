package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.AppendCondition;
import io.esdb.AppendConditionFailed;
import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.EventIdConflict;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.InvalidInput;
import io.esdb.LogRead;
import io.esdb.Query;
import io.esdb.StreamLimits;
import io.esdb.StreamNotFound;
import io.esdb.StreamRead;
import io.esdb.StreamTombstoned;
import io.esdb.WrongExpectedRevision;
import io.esdb.host.EventStores;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each refusal is a type of its own that carries its facts. */
class RefusalsTest {
    private static final EventData EVENT = EventData.bytes("Happened", new byte[1]);

    private final EventStores stores = EventStores.inMemory();
    private final EventStore store = stores.open("s");

    @BeforeEach
    void fill() {
        store.append("a", ExpectedRevision.any(), EVENT);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void another_revision_than_expected() {
        ExpectedRevision expected = ExpectedRevision.exactly(5);
        AppendRequest request =
                AppendRequest.to("b", ExpectedRevision.any(), other()).and("a", expected, other());

        assertThatThrownBy(() -> store.append(request)).isInstanceOfSatisfying(WrongExpectedRevision.class, e -> {
            assertThat(e.stream()).isEqualTo("a");
            assertThat(e.expected()).isEqualTo(expected);
            assertThat(e.actual()).isZero();
        });
        assertThatThrownBy(() -> store.delete("a", expected))
                .isInstanceOfSatisfying(
                        WrongExpectedRevision.class,
                        e -> assertThat(e.expected()).isEqualTo(expected));
        assertThat(store.exists("b")).isFalse();
    }

    @Test
    void an_event_that_the_condition_excludes() {
        AppendCondition condition = AppendCondition.noneMatches(Query.types("Happened"));
        AppendRequest request =
                AppendRequest.to("b", ExpectedRevision.any(), other()).onlyIf(condition);

        assertThatThrownBy(() -> store.append(request)).isInstanceOfSatisfying(AppendConditionFailed.class, e -> {
            assertThat(e.condition()).isEqualTo(condition);
            assertThat(e.position()).isZero();
        });
    }

    @Test
    void an_id_that_is_taken() {
        assertThatThrownBy(() -> store.append("b", ExpectedRevision.any(), EVENT))
                .isInstanceOfSatisfying(EventIdConflict.class, e -> {
                    assertThat(e.id()).isEqualTo(EVENT.id());
                    assertThat(e.position()).isZero();
                });
        EventData twice = other();
        assertThatThrownBy(() -> store.append("b", ExpectedRevision.any(), twice, twice))
                .isInstanceOfSatisfying(
                        EventIdConflict.class, e -> assertThat(e.position()).isEqualTo(-1));
    }

    @Test
    void a_stream_deleted_for_good_or_missing() {
        store.tombstone("a", ExpectedRevision.any());

        assertThatThrownBy(() -> store.append("a", ExpectedRevision.any(), other()))
                .isInstanceOfSatisfying(
                        StreamTombstoned.class, e -> assertThat(e.stream()).isEqualTo("a"));
        assertThatThrownBy(() -> store.trim("a", 1)).isInstanceOf(StreamTombstoned.class);
        assertThatThrownBy(() -> store.limit("b", StreamLimits.none()))
                .isInstanceOfSatisfying(
                        StreamNotFound.class, e -> assertThat(e.stream()).isEqualTo("b"));
    }

    @Test
    void a_stage_ends_in_the_same_types() {
        assertThatThrownBy(() -> store.appendAsync(AppendRequest.to("a", ExpectedRevision.noStream(), other()))
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(WrongExpectedRevision.class);
    }

    @Test
    void bad_arguments_are_refused_by_name() {
        assertInvalid("request", () -> store.append((AppendRequest) null));
        assertInvalid("request", () -> store.appendAsync(null));
        assertInvalid("read", () -> store.read((LogRead) null));
        assertInvalid("read", () -> store.read((StreamRead) null));
        assertInvalid("id", () -> store.event(null));
        assertInvalid("stream", () -> store.stream(null));
        assertInvalid("prefix", () -> store.streams(null, "", 1));
        assertInvalid("limit", () -> store.streams("", "", 0));
        assertInvalid("limit", () -> store.streams("", "", 10_001));
        assertInvalid("expected", () -> store.delete("a", null));
        assertInvalid("before", () -> store.trim("a", -1));
        assertInvalid("limits", () -> store.limit("a", null));
        assertInvalid("folder", () -> store.backup(null));
    }

    private static void assertInvalid(String field, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    private static EventData other() {
        return EventData.bytes("Other", new byte[1]);
    }
}
