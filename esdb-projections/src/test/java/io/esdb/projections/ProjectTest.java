package io.esdb.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.InvalidInput;
import io.esdb.RecordedEvent;
import io.esdb.projections.ProjectionStatus.State;
import io.esdb.subscriptions.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What projections keep, and how they are read and awaited. */
class ProjectTest extends ProjectionFixture {
    @Test
    void countsWhatWasThereAndWhatComes() {
        add("a", 1, 2, 3);
        add("b", 10);
        projections.define(sums("sums", 1));
        for (int i = 0; i < 50; i++) {
            projections.await("sums", add("a", 100), LONG);
            assertThat(sum("sums", "a")).isEqualTo(6 + 100L * (i + 1));
        }

        assertThat(sums("sums")).isEqualTo(Map.of("a", 5_006L, "b", 10L));
        assertThat(sum("sums", "c")).isNull();
    }

    @Test
    void goesOnWhereItWas() {
        projections.define(sums("sums", 1));
        projections.await("sums", add("a", 1, 2), LONG);
        crashAndReopen();
        add("a", 4);
        projections.define(sums("sums", 1));
        projections.await("sums", add("a", 8), LONG);

        assertThat(sum("sums", "a")).isEqualTo(15);
        assertThat(current("sums").events()).isEqualTo(4);
    }

    @Test
    void eventsThatAreHiddenBeforeTheyCountAreLeftOutAndThoseThatCountedStay() {
        projections.define(sums("sums", 1));
        projections.await("sums", add("a", 1, 2), LONG);
        crashAndReopen();
        add("a", 4);
        add("b", 8, 16);
        add("c", 32);
        store.tombstone("a", ExpectedRevision.any());
        store.trim("b", 1);
        store.delete("c", ExpectedRevision.any());
        projections.define(sums("sums", 1));
        projections.await("sums", add("d", 64), LONG);
        assertThat(sum("sums", "a")).isEqualTo(3);
        assertThat(sum("sums", "b")).isEqualTo(16);
        assertThat(sum("sums", "c")).isNull();

        store.delete("d", ExpectedRevision.any());
        projections.await("sums", add("d", 1), LONG);

        assertThat(sum("sums", "d")).isEqualTo(65);
    }

    @Test
    void stateThatIsNoneIsRemoved() {
        projections.define(Projection.keyed(
                "open",
                1,
                Selector.all(),
                StateCodec.text(),
                RecordedEvent::stream,
                (state, event) -> event.type().equals("Other") ? null : text(event)));
        projections.await("open", add("a", 7), LONG);
        assertThat(projections.get("open", "a", StateCodec.text())).contains("7");
        projections.await("open", appendOther("a"), LONG);

        assertThat(projections.get("open", "a")).isEmpty();
        assertThat(projections.list("open", "", null, 10).entries()).isEmpty();
    }

    @Test
    void eventsThatAreNotSelectedCanBeAwaited() {
        projections.define(sums("sums", 1));
        for (int i = 0; i < 20; i++) {
            projections.await("sums", appendOther("x"), LONG);
        }

        assertThat(current("sums").events()).isZero();
        assertThat(current("sums").lag()).isZero();
    }

    @Test
    void oneEventMayChangeSeveralStatesAndSeeWhatWasPut() {
        projections.define(Projection.of("moves", 1, Selector.types("Added"), StateCodec.number(), (event, effects) -> {
            for (String key : List.of("from", "to", "to")) {
                Long before = effects.state(key);
                effects.put(key, (before == null ? 0 : before) + 1);
            }
            effects.put("gone", 1L);
            effects.remove("gone");
        }));
        projections.await("moves", add("a", 1, 1, 1), LONG);

        assertThat(sums("moves")).isEqualTo(Map.of("from", 3L, "to", 6L));
    }

    @Test
    void keysAreListedInOrderByPrefixPageByPage() {
        projections.define(Projection.keyed(
                "keys", 1, Selector.all(), StateCodec.text(), RecordedEvent::stream, (state, event) -> "x"));
        for (String stream : List.of("b-2", "a-1", "b-1", "b", "b-3", "c")) {
            appendOther(stream);
        }
        projections.await("keys", 5, LONG);

        StatePage first = projections.list("keys", "b", null, 2);
        StatePage second = projections.list("keys", "b", first.next(), 2);
        assertThat(first.entries()).extracting(StatePage.Entry::key).containsExactly("b", "b-1");
        assertThat(second.entries()).extracting(StatePage.Entry::key).containsExactly("b-2", "b-3");
        assertThat(second.next()).isNull();
        assertThat(projections.list("keys", "b", "b-25", 5).entries())
                .extracting(StatePage.Entry::key)
                .containsExactly("b-3");
        assertThatThrownBy(() -> projections.list("keys", "b", "a", 2)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void oneMayWaitForAsLongAsADurationCanSay() {
        projections.define(sums("sums", 1));
        projections.await("sums", add("a", 1), Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(sum("sums", "a")).isOne();
    }

    @Test
    void waitingEndsWhenTheTimeIsUp() {
        projections.define(sums("sums", 1));
        long last = add("a", 1);
        projections.await("sums", last, LONG);

        assertThatThrownBy(() -> projections.await("sums", last + 1, Duration.ofMillis(30)))
                .isInstanceOfSatisfying(ProjectionBehind.class, behind -> {
                    assertThat(behind.name()).isEqualTo("sums");
                    assertThat(behind.position()).isEqualTo(last + 1);
                    assertThat(behind.place()).isEqualTo(last);
                });
    }

    @Test
    void statusTellsHowFarItIs() {
        projections.define(sums("sums", 1));
        projections.await("sums", add("a", 1, 2), LONG);
        awaitState("sums", State.LIVE);
        ProjectionStatus.Version now = current("sums");

        assertThat(now.version()).isEqualTo(1);
        assertThat(now.place()).isEqualTo(1);
        assertThat(now.events()).isEqualTo(2);
        assertThat(now.lag()).isZero();
        assertThat(now.behind()).isZero();
        assertThat(now.failure()).isNull();
        projections.pause("sums");
        await().until(() -> current("sums").state() == State.PAUSED);
        await().untilAsserted(() -> assertThat(threads()).noneMatch(name -> name.contains("projection-")));
        add("a", 3);
        ProjectionStatus.Version paused = current("sums");

        assertThat(paused.lag()).isEqualTo(1);
        assertThat(paused.behind()).isPositive();
        assertThat(projections.statuses()).extracting(ProjectionStatus::name).containsExactly("sums");
    }

    @Test
    void manyProjectionsAtOnce() {
        for (int i = 0; i < 10; i++) {
            projections.define(sums("sums" + i, 1));
        }
        long last = add("a", 1, 2, 3);

        for (int i = 0; i < 10; i++) {
            projections.await("sums" + i, last, LONG);
            assertThat(sum("sums" + i, "a")).isEqualTo(6);
        }
        assertThat(projections.statuses()).hasSize(10);
    }

    @Test
    void whatNobodyDefinedIsNotFound() {
        assertThatThrownBy(() -> projections.get("no", "a")).isInstanceOf(ProjectionNotFound.class);
        assertThatThrownBy(() -> projections.await("no", 0, LONG)).isInstanceOf(ProjectionNotFound.class);
        assertThatThrownBy(() -> projections.pause("no")).isInstanceOf(ProjectionNotFound.class);
        assertThatThrownBy(() -> projections.status("no"))
                .isInstanceOfSatisfying(
                        ProjectionNotFound.class, e -> assertThat(e.name()).isEqualTo("no"));
    }

    @Test
    void aStoreHasItsProjectionsOnce() {
        assertThatThrownBy(() -> Projections.on(store)).isInstanceOf(InvalidInput.class);
        projections.define(sums("sums", 1));
        assertThatThrownBy(() -> projections.define(sums("other", 1), sums("sums", 1)))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> projections.status("other")).isInstanceOf(ProjectionNotFound.class);
    }

    @Test
    void closedProjectionsRefuseEverythingAndLeaveTheStoreOpen() {
        projections.define(sums("sums", 1));
        projections.close();

        assertThatThrownBy(() -> projections.get("sums", "a")).isInstanceOf(ProjectionsClosed.class);
        assertThatThrownBy(() -> projections.define(sums("sums", 2))).isInstanceOf(ProjectionsClosed.class);
        assertThat(store.append("a", ExpectedRevision.any(), EventData.bytes("A", new byte[1]))
                        .lastPosition())
                .isZero();
    }
}
